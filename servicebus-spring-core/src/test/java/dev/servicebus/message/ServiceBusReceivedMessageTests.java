package dev.servicebus.message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ServiceBusReceivedMessageTests {

	private static final UUID TOKEN = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

	private static final Instant ENQUEUED = Instant.ofEpochMilli(1_700_000_000_000L);

	private static final OffsetDateTime ENQUEUED_TIME = ENQUEUED.atOffset(ZoneOffset.UTC);

	@Test
	void everythingTheBrokerSaysHasItsAccessor() {
		ServiceBusReceivedMessage message = received(AmqpMessage.builder()
			.header(Header.EMPTY.withDeliveryCount(3L).withTtl(60_000L))
			.messageAnnotations(Map.of(Symbol.of("x-opt-sequence-number"), 42L,
					Symbol.of("x-opt-enqueue-sequence-number"), 7L, Symbol.of("x-opt-enqueued-time"), ENQUEUED,
					Symbol.of("x-opt-locked-until"), ENQUEUED.plusSeconds(30), Symbol.of("x-opt-deadletter-source"),
					"orders", Symbol.of("x-opt-message-state"), 1, Symbol.of("x-opt-partition-key"), "key",
					Symbol.of("x-opt-scheduled-enqueue-time"), ENQUEUED.minusSeconds(1)))
			.applicationProperties(
					Map.of("DeadLetterReason", "bad", "DeadLetterErrorDescription", "very bad", "own", 1)));
		assertThat(message.deliveryCount()).isEqualTo(3);
		assertThat(message.sequenceNumber()).isEqualTo(42);
		assertThat(message.enqueuedSequenceNumber()).isEqualTo(7);
		assertThat(message.enqueuedTime()).isEqualTo(ENQUEUED_TIME);
		assertThat(message.lockedUntil()).isEqualTo(ENQUEUED_TIME.plusSeconds(30));
		assertThat(message.deadLetterSource()).isEqualTo("orders");
		assertThat(message.deadLetterReason()).isEqualTo("bad");
		assertThat(message.deadLetterErrorDescription()).isEqualTo("very bad");
		assertThat(message.state()).isEqualTo(MessageState.DEFERRED);
		assertThat(message.partitionKey()).isEqualTo("key");
		assertThat(message.scheduledEnqueueTime()).isEqualTo(ENQUEUED_TIME.minusSeconds(1));
		assertThat(message.timeToLive()).hasMinutes(1);
		assertThat(message.expiresAt()).isEqualTo(ENQUEUED_TIME.plusMinutes(1));
		assertThat(message.lockToken()).isEqualTo(TOKEN);
		assertThat(message.applicationProperties()).containsEntry("own", 1);
	}

	@Test
	void whatTheBrokerDoesNotSayIsAbsent() {
		ServiceBusReceivedMessage message = received(AmqpMessage.builder());
		assertThat(message.deliveryCount()).isZero();
		assertThat(message.sequenceNumber()).isZero();
		assertThat(message.enqueuedTime()).isNull();
		assertThat(message.lockedUntil()).isNull();
		assertThat(message.expiresAt()).isNull();
		assertThat(message.timeToLive()).isNull();
		assertThat(message.deadLetterReason()).isNull();
		assertThat(message.deadLetterSource()).isNull();
		assertThat(message.state()).isEqualTo(MessageState.ACTIVE);
		assertThat(message.messageId()).isNull();
		assertThat(message.applicationProperties()).isEmpty();
	}

	@Test
	void annotationsThatAreNullOrOfAWrongTypeCountAsAbsent() {
		Map<Symbol, Object> annotations = new HashMap<>();
		annotations.put(Symbol.of("x-opt-sequence-number"), null);
		annotations.put(Symbol.of("x-opt-enqueued-time"), 5L);
		annotations.put(Symbol.of("x-opt-deadletter-source"), 6);
		annotations.put(Symbol.of("x-opt-message-state"), 99);
		ServiceBusReceivedMessage message = received(AmqpMessage.builder().messageAnnotations(annotations));
		assertThat(message.sequenceNumber()).isZero();
		assertThat(message.enqueuedTime()).isNull();
		assertThat(message.deadLetterSource()).isNull();
		assertThat(message.state()).isEqualTo(MessageState.ACTIVE);
	}

	@ParameterizedTest
	@CsvSource({ "0, ACTIVE", "1, DEFERRED", "2, SCHEDULED" })
	void stateIsANumber(int number, MessageState state) {
		assertThat(received(AmqpMessage.builder().messageAnnotations(Map.of(Symbol.of("x-opt-message-state"), number)))
			.state()).isEqualTo(state);
	}

	@Test
	void statedExpiryGoesBeforeTheTimeToLive() {
		ServiceBusReceivedMessage message = received(AmqpMessage.builder()
			.header(Header.EMPTY.withTtl(0xFFFF_FFFFL))
			.messageAnnotations(Map.of(Symbol.of("x-opt-enqueued-time"), ENQUEUED))
			.properties(Properties.builder().absoluteExpiryTime(ENQUEUED.plusSeconds(5)).build()));
		assertThat(message.expiresAt()).isEqualTo(ENQUEUED_TIME.plusSeconds(5));
	}

	@Test
	void idsOfEveryTypeHaveATextForm() {
		assertThat(receivedWithId("text").messageId()).isEqualTo("text");
		assertThat(receivedWithId(TOKEN).messageId()).isEqualTo(TOKEN.toString());
		assertThat(receivedWithId(UnsignedLong.ofBits(-1)).messageId()).isEqualTo("18446744073709551615");
		assertThat(receivedWithId(new byte[] { 0x0a, (byte) 0xff }).messageId()).isEqualTo("0aff");
	}

	@Test
	void bodyIsReadAsBytesAndText() {
		ServiceBusReceivedMessage message = ServiceBusReceivedMessage.of(ServiceBusMessage.of("grün"), null);
		assertThat(message.bodyAsString()).isEqualTo("grün");
		assertThat(message.bodyAsBytes()).hasSize(5);
		message.bodyAsBytes()[0] = 0;
		assertThat(message.bodyAsString()).isEqualTo("grün");
		assertThat(message.lockToken()).isNull();
	}

	@Test
	void bodyOfSeveralSectionsIsReadAsOne() {
		ServiceBusReceivedMessage message = received(AmqpMessage.builder()
			.body(new MessageBody.Data(List.of(new byte[] { 'a' }, new byte[] {}, new byte[] { 'b', 'c' }))));
		assertThat(message.bodyAsString()).isEqualTo("abc");
		assertThat(message.bodyAsBytes()).containsExactly('a', 'b', 'c');
	}

	@Test
	void valueIsReadAsTextOrAsWhatItIs() {
		assertThat(received(AmqpMessage.builder().value("text")).bodyAsString()).isEqualTo("text");
		ServiceBusReceivedMessage number = received(AmqpMessage.builder().value(42));
		assertThat(number.body()).isEqualTo(new MessageBody.Value(42));
		assertThatIllegalStateException().isThrownBy(number::bodyAsBytes);
	}

	@Test
	void renewalMovesTheLock() {
		ServiceBusReceivedMessage message = received(
				AmqpMessage.builder().messageAnnotations(Map.of(Symbol.of("x-opt-locked-until"), ENQUEUED)));
		message.lockRenewed(ENQUEUED_TIME.plusMinutes(5).toInstant());
		assertThat(message.lockedUntil()).isEqualTo(ENQUEUED_TIME.plusMinutes(5));
	}

	@Test
	void malformedSectionFailsWhereItIsReadAndNowhereElse() {
		byte[] bytes = AmqpMessage.builder()
			.applicationProperties(Map.of("key", "value"))
			.messageAnnotations(Map.of(Symbol.of("x-opt-sequence-number"), 42L))
			.build()
			.encode();
		int value = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("value");
		bytes[value - 2] = 0x3f;
		ServiceBusReceivedMessage message = ServiceBusReceivedMessage.of(EncodedMessage.of(bytes), TOKEN);
		assertThat(message.sequenceNumber()).isEqualTo(42);
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(message::applicationProperties);
		assertThat(message.toString()).contains(TOKEN.toString());
	}

	@Test
	void textShowsNothingOfTheContent() {
		ServiceBusReceivedMessage message = ServiceBusReceivedMessage
			.of(ServiceBusMessage.builder().body("confidential").messageId("a\nb").build(), TOKEN);
		assertThat(message.toString()).doesNotContain("confidential", "\n");
	}

	private static ServiceBusReceivedMessage receivedWithId(Object id) {
		return received(AmqpMessage.builder().properties(Properties.builder().messageId(id).build()));
	}

	private static ServiceBusReceivedMessage received(AmqpMessage.Builder message) {
		return ServiceBusReceivedMessage.of(EncodedMessage.of(message.build().encode()), TOKEN);
	}

}
