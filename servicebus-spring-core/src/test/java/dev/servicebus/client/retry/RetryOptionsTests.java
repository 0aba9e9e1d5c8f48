package dev.servicebus.client.retry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class RetryOptionsTests {

	@Test
	void defaultsAreThoseThatAreDocumented() {
		assertThat(RetryOptions.defaults()).isEqualTo(new RetryOptions(4, RetryMode.EXPONENTIAL, Duration.ofMillis(800),
				Duration.ofSeconds(120), 2.0, 0.5, Duration.ofSeconds(60)));
	}

	@Test
	void copyForgetsNothing() {
		RetryOptions options = new RetryOptions(7, RetryMode.FIXED, Duration.ofMillis(5), Duration.ofMillis(50), 3.5,
				0.25, Duration.ofSeconds(9));
		assertThat(options.mutate().build()).isEqualTo(options);
		assertThat(options).usingRecursiveComparison().isEqualTo(options.mutate().build());
	}

	@ParameterizedTest
	@MethodSource("outOfRange")
	void optionOutOfRangeIsNamed(UnaryOperator<RetryOptions.Builder> change, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> change.apply(RetryOptions.builder()).build())
			.withMessage(message);
	}

	static Stream<Arguments> outOfRange() {
		return Stream.of(outOfRange((builder) -> builder.maxAttempts(0), "maxAttempts must be at least 1 but is 0"),
				outOfRange((builder) -> builder.delay(Duration.ZERO), "delay must be at least 1 ms but is PT0S"),
				outOfRange((builder) -> builder.maxDelay(Duration.ofMillis(799)),
						"maxDelay must not be shorter than delay (PT0.8S) but is PT0.799S"),
				outOfRange((builder) -> builder.multiplier(0.9), "multiplier must be at least 1 but is 0.9"),
				outOfRange((builder) -> builder.multiplier(Double.NaN), "multiplier must be at least 1 but is NaN"),
				outOfRange((builder) -> builder.jitter(1.1), "jitter must be from 0 to 1 but is 1.1"),
				outOfRange((builder) -> builder.jitter(-0.1), "jitter must be from 0 to 1 but is -0.1"),
				outOfRange((builder) -> builder.tryTimeout(Duration.ZERO), "tryTimeout must be positive but is PT0S"));
	}

	private static Arguments outOfRange(UnaryOperator<RetryOptions.Builder> change, String message) {
		return arguments(change, message);
	}

}
