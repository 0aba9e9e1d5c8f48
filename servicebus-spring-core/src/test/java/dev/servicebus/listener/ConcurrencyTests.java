package dev.servicebus.listener;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Numbers and ranges.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConcurrencyTests {

	@ParameterizedTest
	@CsvSource({ "1, 1, 1", "2-8, 2, 8", "2 - 8, 2, 8", "3-3, 3, 3" })
	void numbersAndRangesAreRead(String text, int minimum, int maximum) {
		assertThat(Concurrency.parse(text)).isEqualTo(new Concurrency(minimum, maximum));
	}

	@Test
	void writtenFormCanBeRead() {
		assertThat(Concurrency.parse(new Concurrency(2, 8).toString())).isEqualTo(new Concurrency(2, 8));
		assertThat(Concurrency.of(4)).hasToString("4");
	}

	@ParameterizedTest
	@CsvSource({ "0, must be at least 1 but is 0", "-1, must be at least 1 but is -1", "8-2, but is 8-2",
			"many, found \"many\"", "2-, found \"2-\"", "'', found \"\"" })
	void everythingElseIsRefused(String text, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> Concurrency.parse(text)).withMessageContaining(problem);
	}

}
