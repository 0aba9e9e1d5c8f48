package dev.servicebus.endpoint;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.servicebus.client.retry.RetryMode;
import dev.servicebus.client.retry.RetryOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class RetryExpressionTests {

	private static final RetryOptions BASE = RetryOptions.builder().jitter(0.25).build();

	@Test
	void everythingCanBeSaid() {
		assertThat(RetryExpression.parse("exponential 5s x2.5 max 10m, attempts 8, jitter 0.1", BASE))
			.isEqualTo(RetryOptions.builder()
				.mode(RetryMode.EXPONENTIAL)
				.delay(Duration.ofSeconds(5))
				.multiplier(2.5)
				.maxDelay(Duration.ofMinutes(10))
				.maxAttempts(8)
				.jitter(0.1)
				.build());
	}

	@Test
	void whatIsNotSaidStays() {
		RetryOptions options = RetryExpression.parse("attempts 2", BASE);
		assertThat(options).isEqualTo(BASE.mutate().maxAttempts(2).build());
	}

	@Test
	void noneIsOneAttempt() {
		assertThat(RetryExpression.parse("none", BASE).maxAttempts()).isEqualTo(1);
	}

	@Test
	void longDelayRaisesTheLimit() {
		RetryOptions options = RetryExpression.parse("fixed PT5M", BASE);
		assertThat(options.mode()).isEqualTo(RetryMode.FIXED);
		assertThat(options.maxDelay()).isEqualTo(Duration.ofMinutes(5));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			attempts          | a value is missing after 'attempts'
			sometimes         | 'sometimes' is neither a duration
			attempts 0        | maxAttempts must be at least 1
			max 1ms           | maxDelay must not be shorter than delay
			x0.5              | multiplier must be at least 1
			""")
	void whatCannotBeReadIsNamed(String expression, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> RetryExpression.parse(expression, BASE))
			.withMessageContaining(message);
	}

}
