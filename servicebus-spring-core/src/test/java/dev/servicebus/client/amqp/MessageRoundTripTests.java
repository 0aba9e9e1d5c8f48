package dev.servicebus.client.amqp;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.type.CodePoint;
import dev.servicebus.amqp.type.Decimal128;
import dev.servicebus.amqp.type.Decimal32;
import dev.servicebus.amqp.type.Decimal64;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedByte;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.amqp.type.UnsignedShort;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.message.AmqpSections;
import dev.servicebus.message.MessageState;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is sent comes out at the other end of a broker, by every way in.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MessageRoundTripTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

	private final SimulatedService service = SimulatedService.withQueue(1, "orders");

	private final ServiceBusSender sender = this.service.client.sender("orders");

	private final ServiceBusReceiver receiver = this.service.client.receiver(ReceiverOptions.queue("orders"));

	@AfterEach
	void close() {
		this.service.close();
	}

	@ParameterizedTest
	@EnumSource
	void everyFieldComesOut(Way way) {
		ServiceBusReceivedMessage received = sendAndReceive(way,
				ServiceBusMessage.builder()
					.body("hello")
					.messageId("id")
					.sessionId("session")
					.partitionKey("session")
					.transactionPartitionKey("via")
					.contentType("text/plain")
					.contentEncoding("identity")
					.correlationId("correlation")
					.subject("subject")
					.to("to")
					.replyTo("replies")
					.replyToSessionId("reply-session")
					.timeToLive(Duration.ofMinutes(10))
					.build());

		assertThat(received.bodyAsString()).isEqualTo("hello");
		assertThat(received.messageId()).isEqualTo("id");
		assertThat(received.sessionId()).isEqualTo("session");
		assertThat(received.partitionKey()).isEqualTo("session");
		assertThat(received.transactionPartitionKey()).isEqualTo("via");
		assertThat(received.contentType()).isEqualTo("text/plain");
		assertThat(received.contentEncoding()).isEqualTo("identity");
		assertThat(received.correlationId()).isEqualTo("correlation");
		assertThat(received.subject()).isEqualTo("subject");
		assertThat(received.to()).isEqualTo("to");
		assertThat(received.replyTo()).isEqualTo("replies");
		assertThat(received.replyToSessionId()).isEqualTo("reply-session");
		assertThat(received.timeToLive()).isEqualTo(Duration.ofMinutes(10));
		assertThat(received.state()).isEqualTo(MessageState.ACTIVE);
		assertThat(received.sequenceNumber()).isPositive();
		assertThat(received.enqueuedTime()).isBeforeOrEqualTo(now()).isAfter(now().minusMinutes(1));
		assertThat(received.expiresAt()).isEqualTo(received.enqueuedTime().plusMinutes(10));
		assertThat(received.lockedUntil()).isAfter(now());
		assertThat(received.deadLetterSource()).isNull();
		assertThat(received.deadLetterReason()).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void sectionsWithoutPropertiesComeOut(Way way) {
		ServiceBusMessage message = ServiceBusMessage.builder()
			.body("hello")
			.amqp(AmqpSections.NONE.withHeader(Header.EMPTY.withDurable(true).withPriority(7))
				.withDeliveryAnnotation("hop", "one")
				.withMessageAnnotation("x-opt-mine", 5)
				.withFooter("crc", 42L))
			.build();
		EncodedMessage received = sendAndReceive(way, message).amqpMessage();
		assertThat(received.header().durable()).isTrue();
		assertThat(received.header().priority()).isEqualTo(7);
		assertThat(received.deliveryAnnotations()).containsEntry(Symbol.of("hop"), "one");
		assertThat(received.messageAnnotations()).containsEntry(Symbol.of("x-opt-mine"), 5)
			.containsKey(Symbol.of("x-opt-sequence-number"));
		assertThat(received.footer()).containsEntry(Symbol.of("crc"), 42L);
		assertThat(received.properties().messageId()).as("made by the sender").isNotNull();
	}

	@ParameterizedTest
	@MethodSource("bodies")
	void bodyKeepsItsKind(ServiceBusMessage message) {
		for (Way way : Way.values()) {
			assertThat(sendAndReceive(way, message).body()).usingRecursiveComparison().isEqualTo(message.body());
		}
	}

	static Stream<ServiceBusMessage> bodies() {
		return Stream.of(ServiceBusMessage.of(new byte[] { 1, 2, 3 }), ServiceBusMessage.of(""),
				ServiceBusMessage.builder().data(List.of(new byte[] { 1 }, new byte[0], new byte[] { 2, 3 })).build(),
				ServiceBusMessage.builder().value("text").build(), ServiceBusMessage.builder().value(null).build(),
				ServiceBusMessage.builder().value(Map.of("k", List.of(1, "two"))).build(),
				ServiceBusMessage.builder().sequence(List.of(1, "two", 3.5)).build());
	}

	@ParameterizedTest
	@EnumSource
	void applicationPropertiesOfEveryTypeComeOut(Way way) {
		Map<String, Object> properties = properties();
		Map<String, Object> received = sendAndReceive(way,
				ServiceBusMessage.builder().applicationProperties(properties).build())
			.applicationProperties();
		assertThat(received).containsOnlyKeys(properties.keySet());
		properties.forEach((name, value) -> assertThat(received.get(name)).as(name).isEqualTo(value));
	}

	private static Map<String, Object> properties() {
		Map<String, Object> values = new LinkedHashMap<>();
		List<Object> all = Arrays.asList(null, true, "text", 'c', (byte) -1, (short) -2, -3, -4L, 1.5f, -2.5,
				UnsignedByte.of(200), UnsignedShort.of(60_000), UnsignedInteger.MAX_VALUE,
				UnsignedLong.of(BigInteger.ONE.shiftLeft(63)), new Decimal32(1), new Decimal64(2), new Decimal128(3, 4),
				Instant.ofEpochMilli(1_234_567), new UUID(5, 6), new byte[] { 7, 8 }, Symbol.of("symbol"),
				Duration.ofMillis(-1500), OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC),
				URI.create("sb://somewhere"), new DescribedValue(Symbol.of("mine"), 7));
		for (int i = 0; i < all.size(); i++) {
			values.put("value" + i, all.get(i));
		}
		return values;
	}

	@Test
	void codePointBeyondOneCharacterComesOut() {
		ServiceBusMessage message = ServiceBusMessage.builder()
			.applicationProperty("smile", new CodePoint(0x1F600))
			.build();
		assertThat(sendAndReceive(Way.SENT, message).applicationProperties()).containsEntry("smile",
				new CodePoint(0x1F600));
	}

	@Test
	void messageThatIsSentWithAnEnqueueTimeComesAtThisTime() {
		OffsetDateTime later = now().plusMinutes(10);
		this.service.await(
				this.sender.sendAsync(ServiceBusMessage.builder().body("later").scheduledEnqueueTime(later).build()));
		List<ServiceBusReceivedMessage> peeked = this.service.await(this.receiver.peekAsync(1, 0));
		assertThat(peeked).singleElement()
			.extracting(ServiceBusReceivedMessage::state)
			.isEqualTo(MessageState.SCHEDULED);
		assertThat(this.service.await(this.receiver.receiveAsync(1, WAIT))).isEmpty();

		this.service.advance(Duration.ofMinutes(10));
		ServiceBusReceivedMessage received = receiveOne();
		assertThat(received.scheduledEnqueueTime()).isEqualTo(later);
		assertThat(received.enqueuedTime()).isAfterOrEqualTo(later);
	}

	@Test
	void peekBeginsAtANumberAndShowsStates() {
		this.service.send("orders", "a", "b", "c");
		ServiceBusReceivedMessage first = receiveOne();
		this.service.await(first.deferAsync(Map.of("seen", true)));
		List<ServiceBusReceivedMessage> rest = this.service
			.await(this.receiver.peekAsync(10, first.sequenceNumber() + 1));
		assertThat(rest).extracting(ServiceBusReceivedMessage::bodyAsString).containsExactly("b", "c");
		assertThat(this.service.await(this.receiver.peekAsync(1, rest.get(1).sequenceNumber()))).singleElement()
			.extracting(ServiceBusReceivedMessage::bodyAsString)
			.isEqualTo("c");
		ServiceBusReceivedMessage deferred = this.service.await(this.receiver.peekAsync(1, 0)).get(0);
		assertThat(deferred.state()).isEqualTo(MessageState.DEFERRED);
		assertThat(deferred.applicationProperties()).containsEntry("seen", true);
	}

	@Test
	void deletionTakesTheOldestMessagesThatAreNotLocked() {
		this.service.send("orders", "a", "b", "c", "d");
		ServiceBusReceivedMessage locked = receiveOne();
		this.service.advance(Duration.ofSeconds(1));
		OffsetDateTime before = now();
		this.service.advance(Duration.ofSeconds(1));
		this.service.send("orders", "later");
		assertThat(this.service.await(this.receiver.deleteMessagesAsync(2, before))).isEqualTo(2);
		assertThat(this.service.await(this.receiver.deleteMessagesAsync(2, before))).isOne();
		assertThat(this.service.await(this.receiver.deleteMessagesAsync(2, before))).isZero();
		assertThat(this.service.await(this.receiver.peekAsync(10, 0)))
			.extracting(ServiceBusReceivedMessage::bodyAsString)
			.containsExactly("a", "later");
		this.service.await(locked.completeAsync());
	}

	private ServiceBusReceivedMessage sendAndReceive(Way way, ServiceBusMessage message) {
		switch (way) {
			case SENT -> this.service.await(this.sender.sendAsync(message));
			case BATCH -> this.service.await(this.sender.sendAsync(List.of(message)));
			case SCHEDULED -> this.service.await(this.sender.scheduleAsync(message, now()));
		}
		ServiceBusReceivedMessage received = receiveOne();
		this.service.await(received.completeAsync());
		return received;
	}

	private ServiceBusReceivedMessage receiveOne() {
		List<ServiceBusReceivedMessage> messages = this.service.await(this.receiver.receiveAsync(1, WAIT));
		assertThat(messages).hasSize(1);
		return messages.get(0);
	}

	private OffsetDateTime now() {
		return this.service.network.time().clock().instant().atOffset(ZoneOffset.UTC);
	}

	/**
	 * How a message gets to the broker.
	 */
	enum Way {

		SENT, BATCH, SCHEDULED

	}

}
