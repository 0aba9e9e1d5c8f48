package dev.servicebus.emulator.amqp.message;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class WirePropertiesTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final WireMessage message = WireMessage.read(EncodedMessage.of(EncodedMessage.of(new byte[0])
		.edit()
		.properties(Properties.builder().messageId("m").subject("old").correlationId("c").groupId("s").build())
		.applicationProperties(Map.of("kept", 1, "gone", 2))
		.encode()), NOW);

	@Test
	void rulesReadPropertiesByTheirNames() {
		assertThat(this.message.property("Label")).isEqualTo("old");
		assertThat(this.message.property("CorrelationId")).isEqualTo("c");
		assertThat(this.message.property("ReplyTo")).isNull();
		assertThat(this.message.property("Unknown")).isNull();
	}

	@Test
	void changedMessageHasTheChangesAndTheRest() {
		Map<String, @Nullable Object> changes = new LinkedHashMap<>();
		changes.put("Label", "new");
		changes.put("SessionId", null);
		changes.put("PartitionKey", "p");
		changes.put("TimeToLive", Duration.ofSeconds(5));
		WireMessage changed = (WireMessage) this.message.withProperties(changes, Map.of("kept", 1));
		assertThat(changed.subject()).isEqualTo("new");
		assertThat(changed.sessionId()).isNull();
		assertThat(changed.partitionKey()).isEqualTo("p");
		assertThat(changed.timeToLive()).isEqualTo(Duration.ofSeconds(5));
		assertThat(changed.messageId()).isEqualTo("m");
		assertThat(changed.correlationId()).isEqualTo("c");
		assertThat(changed.applicationProperties()).isEqualTo(Map.of("kept", 1));
		assertThat(this.message.subject()).isEqualTo("old");
	}

}
