package dev.servicebus.listener;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.servicebus.client.retry.RetryOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ListenerOptionsTests {

	@Test
	void defaultsAreSafe() {
		ListenerOptions options = ListenerOptions.builder().build();
		assertThat(options.concurrency()).isEqualTo(Concurrency.of(1));
		assertThat(options.settlement()).isEqualTo(SettlementMode.AUTO);
		assertThat(options.maxLockRenewal()).isEqualTo(Duration.ofHours(1));
		assertThat(options.shutdownTimeout()).isLessThan(Duration.ofSeconds(30));
		assertThat(options.retry().maxAttempts()).isEqualTo(4);
		assertThat(options.autoStartup()).isTrue();
		assertThat(options.phase()).isEqualTo(Integer.MAX_VALUE - 100);
	}

	@Test
	void changedCopyKeepsEverythingElse() {
		ListenerOptions options = ListenerOptions.builder()
			.concurrency(2)
			.prefetch(3)
			.settlement(SettlementMode.MANUAL)
			.maxLockRenewal(Duration.ofMinutes(4))
			.retry(RetryOptions.builder().maxAttempts(5).build())
			.shutdownTimeout(Duration.ofSeconds(6))
			.autoStartup(false)
			.startupPolicy(StartupPolicy.FAIL)
			.startupTimeout(Duration.ofSeconds(7))
			.phase(8)
			.build();
		assertThat(options.mutate().build()).isEqualTo(options);
		assertThat(options).hasNoNullFieldsOrProperties()
			.usingRecursiveComparison()
			.isNotEqualTo(ListenerOptions.builder().build());
	}

	@ParameterizedTest
	@MethodSource("invalid")
	void invalidOptionIsRefusedByName(UnaryOperator<ListenerOptions.Builder> change, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> change.apply(ListenerOptions.builder()).build())
			.withMessageStartingWith(message);
	}

	static Stream<Arguments> invalid() {
		return Stream.of(invalid((builder) -> builder.concurrency(-1), "concurrency must be at least 1 but is -1"),
				invalid((builder) -> builder.prefetch(-1), "prefetch must not be negative but is -1"),
				invalid((builder) -> builder.prefetch(5001), "prefetch must not be above 5000 but is 5001"),
				invalid((builder) -> builder.maxLockRenewal(Duration.ofSeconds(-1)),
						"maxLockRenewal must not be negative"),
				invalid((builder) -> builder.shutdownTimeout(Duration.ofSeconds(-1)),
						"shutdownTimeout must not be negative"),
				invalid((builder) -> builder.settlement(SettlementMode.RECEIVE_AND_DELETE).prefetch(1),
						"prefetch must be 0 with settlement RECEIVE_AND_DELETE"));
	}

	private static Arguments invalid(UnaryOperator<ListenerOptions.Builder> change, String message) {
		return Arguments.of(change, message);
	}

}
