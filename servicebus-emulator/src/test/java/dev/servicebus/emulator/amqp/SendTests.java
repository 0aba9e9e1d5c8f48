package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.ErrorCondition;
import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.message.SectionCode;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.EntityStatus;
import dev.servicebus.emulator.store.MessageState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SendTests {

	private static final int BATCH = 0x80013700;

	private static final Symbol SCHEDULED = Symbol.of("x-opt-scheduled-enqueue-time");

	private final TestBench bench = TestBench.withQueue("orders");

	private final TestSender sender = this.bench.connect().attachSender("orders");

	@Test
	void messageIsAcceptedAndStored() {
		assertThat(this.sender.send(TestMessages.withId("1"))).isEqualTo(DeliveryState.Accepted.INSTANCE);
		assertThat(stored()).singleElement().satisfies((message) -> {
			assertThat(message.messageId()).isEqualTo("1");
			assertThat(message.bodyAsString()).isEqualTo("body of 1");
			assertThat(message.sequenceNumber()).isOne();
		});
	}

	@Test
	void settledMessageIsStoredWithoutAnAnswer() {
		this.sender.sendSettled(TestMessages.withId("1"));
		assertThat(this.sender.outcomes).isEmpty();
		assertThat(stored()).hasSize(1);
	}

	@Test
	void everyMessageOfABatchIsStoredOnItsOwn() {
		AmqpMessage late = TestMessages.builder("b")
			.messageAnnotations(Map.of(SCHEDULED, now().plusSeconds(60)))
			.build();
		assertThat(this.sender.send(BATCH, batch(TestMessages.withId("a"), late)))
			.isEqualTo(DeliveryState.Accepted.INSTANCE);
		assertThat(stored()).extracting(StoredMessage::messageId).containsExactly("a", "b");
		assertThat(stored()).extracting(StoredMessage::state)
			.containsExactly(MessageState.ACTIVE, MessageState.SCHEDULED);
	}

	@Test
	void batchEnvelopeIsIgnored() {
		byte[] envelope = AmqpMessage.builder()
			.properties(Properties.builder().messageId("envelope").build())
			.applicationProperties(Map.of("key", "value"))
			.data(TestMessages.withId("inside").encode())
			.build()
			.encode();
		this.sender.send(BATCH, envelope);
		assertThat(stored()).extracting(StoredMessage::messageId).containsExactly("inside");
	}

	@Test
	void batchWithOneBadMessageIsRejectedAsAWhole() {
		byte[] batch = batch(TestMessages.withId("good"), TestMessages.withId("bad"));
		// The last message claims a longer body than there is.
		byte[] broken = Arrays.copyOf(batch, batch.length);
		broken[batch.length - "body of bad".length() - 1]++;
		assertRejected(this.sender.send(BATCH, broken), ErrorCondition.DECODE_ERROR.toString());
		assertThat(stored()).isEmpty();
	}

	@Test
	void emptyBatchIsRejected() {
		assertRejected(this.sender.send(BATCH, new byte[0]), "amqp:decode-error");
	}

	@Test
	void undecodableMessageIsRejectedAndTheLinkStays() {
		assertRejected(this.sender.send(0, new byte[] { 1, 2, 3 }), "amqp:decode-error");
		assertThat(this.sender.send(TestMessages.withId("1"))).isEqualTo(DeliveryState.Accepted.INSTANCE);
	}

	@Test
	void messageBeyondTheSizeLimitIsRejectedAndTheLinkStays() {
		assertThat(this.sender.link.peer().maxMessageSize()).isEqualTo(EntityOptions.DEFAULT_MAX_MESSAGE_SIZE);
		assertRejected(this.sender.send(TestMessages.ofSize((int) EntityOptions.DEFAULT_MAX_MESSAGE_SIZE)),
				"amqp:link:message-size-exceeded");
		assertThat(this.sender.send(TestMessages.ofSize(250_000))).isEqualTo(DeliveryState.Accepted.INSTANCE);
	}

	@Test
	void creditIsToppedUpAtHalf() {
		assertThat(this.sender.link.credit()).isEqualTo(1000);
		for (int i = 0; i < 499; i++) {
			this.sender.sendSettled(TestMessages.withId("" + i));
		}
		assertThat(this.sender.link.credit()).isEqualTo(501);
		this.sender.sendSettled(TestMessages.withId("one more"));
		assertThat(this.sender.link.credit()).isEqualTo(1000);
	}

	@Test
	void annotationSchedulesAnOrdinarySend() {
		this.sender
			.send(TestMessages.builder("1").messageAnnotations(Map.of(SCHEDULED, now().plusSeconds(60))).build());
		assertThat(stored()).extracting(StoredMessage::state).containsExactly(MessageState.SCHEDULED);
		this.bench.emulator.clock().advance(Duration.ofSeconds(60));
		assertThat(stored()).extracting(StoredMessage::state).containsExactly(MessageState.ACTIVE);
	}

	@Test
	void timeToLiveWinsOverTheAbsoluteExpiryTime() {
		Instant expiry = now().plusSeconds(100);
		Properties properties = Properties.builder().messageId("1").absoluteExpiryTime(expiry).build();
		this.sender.send(TestMessages.builder("1").properties(properties).build());
		this.sender.send(TestMessages.builder("2").properties(properties).header(Header.EMPTY.withTtl(5_000L)).build());
		assertThat(stored()).extracting(StoredMessage::expiresAt).containsExactly(expiry, now().plusSeconds(5));
		this.bench.emulator.clock().advance(Duration.ofSeconds(5));
		assertThat(stored()).hasSize(1);
		this.bench.emulator.clock().advance(Duration.ofSeconds(95));
		assertThat(stored()).isEmpty();
	}

	@Test
	void sendingToADisabledQueueIsRefused() {
		this.bench.emulator.queue("orders").update(EntityOptions.builder().status(EntityStatus.SEND_DISABLED).build());
		assertRejected(this.sender.send(TestMessages.withId("1")), "com.microsoft:entity-disabled");
	}

	@Test
	void deletingTheQueueEndsTheLinkWithNotFound() {
		this.bench.emulator.deleteQueue("orders");
		this.bench.run();
		assertThat(this.sender.refusal().condition()).isEqualTo(ErrorCondition.NOT_FOUND);
		assertThat(this.sender.refusal().description()).contains("could not be found");
	}

	@Test
	void linkDoesNotPassToAQueueThatIsCreatedUnderTheSameName() {
		this.bench.emulator.deleteQueue("orders");
		this.bench.emulator.createQueue("orders");
		this.bench.run();
		assertThat(this.sender.refusal().condition()).isEqualTo(ErrorCondition.NOT_FOUND);
		this.bench.connect().send("orders", "2");
		assertThat(stored()).extracting(StoredMessage::messageId).containsExactly("2");
	}

	private static void assertRejected(@Nullable DeliveryState outcome, String condition) {
		assertThat(outcome).isInstanceOfSatisfying(DeliveryState.Rejected.class,
				(rejected) -> assertThat(rejected.error().condition()).hasToString(condition));
	}

	static byte[] batch(AmqpMessage... messages) {
		AmqpWriter writer = new AmqpWriter();
		for (AmqpMessage message : messages) {
			writer.writeDescriptor(SectionCode.DATA.descriptor());
			writer.writeBinary(message.encode());
		}
		return writer.toByteArray();
	}

	private List<StoredMessage> stored() {
		return this.bench.emulator.queue("orders").messages();
	}

	private Instant now() {
		return this.bench.emulator.clock().instant();
	}

}
