package dev.servicebus.message;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.type.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MessageEncoderTests {

	private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

	private final MessageEncoder encoder = new MessageEncoder(InstantSource.fixed(NOW));

	@Test
	void everyFieldHasItsPlaceOnTheWire() {
		ServiceBusMessage message = ServiceBusMessageTests.full();
		AmqpMessage sent = sent(message);
		assertThat(sent.header()).isEqualTo(Header.EMPTY.withTtl(60_000L));
		assertThat(sent.messageAnnotations()).containsOnly(Map.entry(Symbol.of("x-opt-partition-key"), "session"),
				Map.entry(Symbol.of("x-opt-scheduled-enqueue-time"), Instant.parse("2026-01-02T03:04:05Z")));
		assertThat(sent.properties().messageId()).isEqualTo("id");
		assertThat(sent.properties().groupId()).isEqualTo("session");
		assertThat(sent.properties().contentType()).isEqualTo("text/plain");
		assertThat(sent.properties().correlationId()).isEqualTo("correlation");
		assertThat(sent.properties().subject()).isEqualTo("subject");
		assertThat(sent.properties().to()).isEqualTo("to");
		assertThat(sent.properties().replyTo()).isEqualTo("replies");
		assertThat(sent.properties().replyToGroupId()).isEqualTo("reply-session");
		assertThat(sent.properties().creationTime()).isEqualTo(NOW);
		assertThat(sent.properties().absoluteExpiryTime()).isEqualTo(NOW.plusSeconds(60));
		assertThat(sent.applicationProperties()).containsEntry("key", 1).containsEntry("absent", null);
		assertThat(((MessageBody.Data) sent.body()).bytes()).asString().isEqualTo("hello");
	}

	@Test
	void smallestMessageIsNothingButItsBody() {
		assertThat(this.encoder.encode(ServiceBusMessage.of("x"))).containsExactly(0x00, 0x53, 0x75, 0xa0, 1, 'x');
	}

	@Test
	void sliceHoldsTheSameBytesInALargerArray() {
		ServiceBusMessage message = ServiceBusMessageTests.full();
		assertThat(this.encoder.encodeToSlice(message).toByteArray()).isEqualTo(this.encoder.encode(message));
	}

	@Test
	void durationsBecomeDescribedValuesAndComeBack() {
		ServiceBusMessage message = ServiceBusMessage.builder()
			.applicationProperty("span", Duration.ofSeconds(1))
			.applicationProperty("plain", "text")
			.build();
		byte[] sent = this.encoder.encode(message);
		assertThat(ServiceBusReceivedMessage.of(EncodedMessage.of(sent), null).applicationProperties())
			.isEqualTo(message.applicationProperties());
	}

	@Test
	void sectionsWithoutPropertiesStandBesideTheOthers() {
		AmqpMessage sent = sent(ServiceBusMessageTests.full()
			.mutate()
			.transactionPartitionKey("via")
			.amqp(AmqpSections.NONE.withHeader(Header.EMPTY.withPriority(7))
				.withMessageAnnotation("mine", 1)
				.withDeliveryAnnotation("hop", 2)
				.withFooter("crc", 3))
			.build());
		assertThat(sent.header()).isEqualTo(Header.EMPTY.withPriority(7).withTtl(60_000L));
		assertThat(sent.messageAnnotations()).containsEntry(Symbol.of("mine"), 1)
			.containsEntry(Symbol.of("x-opt-via-partition-key"), "via")
			.hasSize(4);
		assertThat(sent.deliveryAnnotations()).containsOnly(Map.entry(Symbol.of("hop"), 2));
		assertThat(sent.footer()).containsOnly(Map.entry(Symbol.of("crc"), 3));
	}

	@Test
	void lifeBeyondTheHeaderIsStatedAsExpiry() {
		Duration hundredDays = Duration.ofDays(100);
		AmqpMessage sent = sent(ServiceBusMessage.builder().timeToLive(hundredDays).build());
		assertThat(sent.header().ttl()).isEqualTo(0xFFFF_FFFFL);
		assertThat(sent.properties().absoluteExpiryTime()).isEqualTo(NOW.plus(hundredDays));
	}

	@Test
	void endlessLifeEndsWithTheYear9999() {
		AmqpMessage sent = sent(ServiceBusMessage.builder().timeToLive(Duration.ofSeconds(Long.MAX_VALUE)).build());
		assertThat(sent.properties().absoluteExpiryTime()).isEqualTo(Instant.parse("9999-12-31T07:59:59Z"));
	}

	@Test
	void valueAndSequenceKeepTheirKind() {
		assertThat(sent(ServiceBusMessage.builder().value(42L).build()).body()).isEqualTo(new MessageBody.Value(42L));
		assertThat(sent(ServiceBusMessage.builder().sequence(List.of("a", 1)).build()).body())
			.isEqualTo(new MessageBody.Sequence(List.of(List.of("a", 1))));
	}

	@Test
	void bodyThatAmqpCannotExpressIsRefused() {
		ServiceBusMessage message = ServiceBusMessage.builder().value(OffsetDateTime.MAX).build();
		assertThatIllegalArgumentException().isThrownBy(() -> this.encoder.encode(message));
	}

	private AmqpMessage sent(ServiceBusMessage message) {
		return EncodedMessage.of(this.encoder.encode(message)).decode();
	}

}
