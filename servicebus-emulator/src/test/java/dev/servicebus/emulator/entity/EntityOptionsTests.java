package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.servicebus.emulator.store.BrokerError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class EntityOptionsTests {

	@Test
	void defaultsAreThoseOfServiceBus() {
		EntityOptions options = EntityOptions.DEFAULTS;
		assertThat(options.lockDuration()).isEqualTo(Duration.ofMinutes(1));
		assertThat(options.maxDeliveryCount()).isEqualTo(10);
		assertThat(options.defaultTimeToLive()).hasToString("PT256204778H48M5.4775807S");
		assertThat(options.maxMessageSize()).isEqualTo(262_144);
		assertThat(options.status()).isEqualTo(EntityStatus.ACTIVE);
		assertThat(options.requiresDuplicateDetection()).isFalse();
	}

	@Test
	void builderKeepsEveryOption() {
		EntityOptions options = new EntityOptions(Duration.ofSeconds(7), 4, Duration.ofDays(2), true, false,
				Duration.ofMinutes(3), true, "next", "dead", EntityStatus.SEND_DISABLED, 500, 2, Duration.ofHours(1),
				"note", Map.of("EnableExpress", "true"));
		assertThat(options.mutate().build()).isEqualTo(options);
		assertThat(EntityOptions.builder().build()).isEqualTo(EntityOptions.DEFAULTS);
		assertThat(options.mutate().lockDuration(Duration.ofSeconds(9)).build()).isNotEqualTo(options);
	}

	@ParameterizedTest
	@MethodSource
	void valueOutOfRangeIsRefusedByName(String name, UnaryOperator<EntityOptionsBuilder> change) {
		assertThat(TestBroker.assertRefused(BrokerError.ARGUMENT_ERROR,
				() -> change.apply(EntityOptions.builder()).build()))
			.hasMessageStartingWith(name + " must ");
	}

	static Stream<Arguments> valueOutOfRangeIsRefusedByName() {
		return Stream.of(change("lockDuration", (b) -> b.lockDuration(Duration.ofMillis(4999))),
				change("lockDuration", (b) -> b.lockDuration(Duration.ofMillis(300_001))),
				change("maxDeliveryCount", (b) -> b.maxDeliveryCount(0)),
				change("defaultTimeToLive", (b) -> b.defaultTimeToLive(Duration.ofMillis(999))),
				change("defaultTimeToLive", (b) -> b.defaultTimeToLive(EntityOptions.FOREVER.plusNanos(1))),
				change("duplicateDetectionWindow", (b) -> b.duplicateDetectionWindow(Duration.ofSeconds(4))),
				change("duplicateDetectionWindow", (b) -> b.duplicateDetectionWindow(Duration.ofDays(8))),
				change("maxMessageSize", (b) -> b.maxMessageSize(0)),
				change("maxSizeInMegabytes", (b) -> b.maxSizeInMegabytes(0)),
				change("autoDeleteOnIdle", (b) -> b.autoDeleteOnIdle(Duration.ofMinutes(4))),
				change("userMetadata", (b) -> b.userMetadata("x".repeat(1025))));
	}

	private static Arguments change(String name, UnaryOperator<EntityOptionsBuilder> change) {
		return Arguments.of(name, change);
	}

}
