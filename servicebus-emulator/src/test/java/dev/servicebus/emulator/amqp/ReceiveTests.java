package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.message.SectionCode;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.emulator.StoredMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ReceiveTests {

	private final TestBench bench = TestBench.withQueue("orders");

	private final TestClient client = this.bench.connect();

	@Test
	void messagesComeInOrderAsFarAsCreditGoes() {
		this.client.send("orders", "1", "2", "3");
		TestReceiver receiver = this.client.attachReceiver("orders");
		assertThat(receiver.deliveries).isEmpty();
		receiver.credit(2);
		assertThat(receiver.ids()).containsExactly("1", "2");
		receiver.credit(5);
		assertThat(receiver.ids()).containsExactly("1", "2", "3");
		this.client.send("orders", "4");
		assertThat(receiver.ids()).containsExactly("1", "2", "3", "4");
	}

	@Test
	void waitingConsumersOnDifferentConnectionsTakeTurns() {
		TestReceiver one = this.client.attachReceiver("orders").credit(10);
		TestReceiver two = this.bench.connect().attachReceiver("orders").credit(10);
		this.client.send("orders", "1", "2", "3", "4");
		assertThat(one.ids()).hasSize(2);
		assertThat(two.ids()).hasSize(2);
	}

	@Test
	void deliveryCarriesHeaderLockTokenAndBrokerAnnotations() {
		this.client.send("orders", "1");
		TestReceiver receiver = this.client.attachReceiver("orders").credit(1);
		EncodedMessage message = receiver.lastMessage();
		assertThat(message.header().deliveryCount()).isZero();
		assertThat(message.section(SectionCode.HEADER)).isNotNull();
		Map<Symbol, Object> annotations = message.messageAnnotations();
		assertThat(annotations).containsEntry(Symbol.of("x-opt-sequence-number"), 1L)
			.containsEntry(Symbol.of("x-opt-enqueued-time"), now())
			.containsEntry(Symbol.of("x-opt-locked-until"), now().plusSeconds(60));
		assertThat(annotations).as("nothing more, as in the service").hasSize(3);
		UUID token = (UUID) message.deliveryAnnotations().get(Symbol.of("x-opt-lock-token"));
		assertThat(token).isNotNull();
		assertThat(receiver.last().tag()).isEqualTo(guidBytes(token));
		assertThat(receiver.last().isRemotelySettled()).isFalse();
		assertThat(receiver.last().messageFormat()).isZero();
	}

	@Test
	void whatTheSenderWroteComesThroughByteForByte() {
		AmqpMessage sent = AmqpMessage.builder()
			.header(new Header(true, 9, null, null, null))
			.deliveryAnnotations(Map.of(Symbol.of("mine"), "kept"))
			.messageAnnotations(Map.of(Symbol.of("x-opt-partition-key"), "p", Symbol.of("mine"), 1,
					Symbol.of("x-opt-sequence-number"), 4711L))
			.properties(Properties.builder().messageId(UnsignedLong.of(7)).subject("s").contentType("a/b").build())
			.applicationProperties(Map.of("k", 1L, "uuid", new UUID(1, 2)))
			.body(new MessageBody.Sequence(List.of(List.of(1, "two"), List.of())))
			.footer(Map.of(Symbol.of("crc"), 1))
			.build();
		this.client.send("orders", sent);
		EncodedMessage got = this.client.attachReceiver("orders").credit(1).lastMessage();
		EncodedMessage original = EncodedMessage.of(sent.encode());
		for (SectionCode code : List.of(SectionCode.PROPERTIES, SectionCode.APPLICATION_PROPERTIES,
				SectionCode.SEQUENCE, SectionCode.FOOTER)) {
			assertThat(got.section(code).toByteArray()).as(code.name()).isEqualTo(original.section(code).toByteArray());
		}
		assertThat(got.header()).isEqualTo(new Header(true, 9, null, null, 0L));
		assertThat(got.deliveryAnnotations()).containsEntry(Symbol.of("mine"), "kept");
		assertThat(got.messageAnnotations()).containsEntry(Symbol.of("mine"), 1)
			.containsEntry(Symbol.of("x-opt-partition-key"), "p")
			.containsEntry(Symbol.of("x-opt-sequence-number"), 1L);
	}

	@Test
	void messageWithoutIdGetsOneThatStays() {
		AmqpMessage sent = AmqpMessage.builder()
			.properties(Properties.builder().subject("s").build())
			.data(new byte[0])
			.build();
		this.client.send("orders", sent);
		this.client.send("orders", AmqpMessage.builder().data(new byte[0]).build());
		TestReceiver receiver = this.client.attachReceiver("orders").credit(2);
		assertThat(receiver.ids()).hasSize(2)
			.doesNotHaveDuplicates()
			.allSatisfy((id) -> assertThat((String) id).matches("[0-9a-f]{32}"));
		assertThat(receiver.messages().get(0).properties().subject()).isEqualTo("s");
		assertThat(stored()).extracting(StoredMessage::messageId).containsExactlyElementsOf(receiver.ids());
	}

	@Test
	void finiteLifeShowsAsTimeToLiveAndAbsoluteExpiry() {
		this.client.send("orders", TestMessages.builder("1").header(Header.EMPTY.withTtl(90_000L)).build());
		EncodedMessage got = this.client.attachReceiver("orders").credit(1).lastMessage();
		assertThat(got.header().ttl()).isEqualTo(90_000L);
		assertThat(got.properties().absoluteExpiryTime()).isEqualTo(now().plusSeconds(90));
		assertThat(got.properties().messageId()).isEqualTo("1");
	}

	@Test
	void receiveAndDeleteSettlesAndForgets() {
		this.client.send("orders", "1", "2");
		TestReceiver receiver = this.client.attachDeletingReceiver("orders").credit(5);
		assertThat(receiver.deliveries).hasSize(2).allMatch(IncomingDelivery::isRemotelySettled);
		assertThat(receiver.deliveries.get(0).tag()).hasSize(16).isNotEqualTo(receiver.deliveries.get(1).tag());
		assertThat(receiver.lastMessage().messageAnnotations()).doesNotContainKey(Symbol.of("x-opt-locked-until"));
		assertThat(stored()).isEmpty();
	}

	@Test
	void drainIsAnsweredWithAndWithoutCreditAndMessages() {
		TestReceiver receiver = this.client.attachReceiver("orders").credit(3);
		receiver.drain();
		assertThat(receiver.drained).isOne();
		assertThat(receiver.link.credit()).isZero();
		receiver.drain();
		assertThat(receiver.drained).isEqualTo(2);
		this.client.send("orders", "1");
		assertThat(receiver.deliveries).isEmpty();
		receiver.credit(3);
		receiver.drain();
		assertThat(receiver.ids()).containsExactly("1");
		assertThat(receiver.drained).isEqualTo(3);
	}

	@Test
	void closingTheLinkLeavesTheLockUntilItExpires() {
		this.client.send("orders", "1");
		this.client.attachReceiver("orders").credit(1).close();
		TestReceiver other = this.client.attachReceiver("orders").credit(1);
		assertThat(other.deliveries).isEmpty();
		this.bench.emulator.clock().advance(Duration.ofMinutes(1));
		assertThat(other.lastMessage().header().deliveryCount()).isOne();
	}

	@Test
	void brokenConnectionLeavesNothingBehindButItsLocks() {
		this.client.send("orders", "1", "2");
		this.client.attachReceiver("orders").credit(1);
		assertThat(this.bench.emulator.queue("orders").consumers()).isOne();
		this.bench.network.resetAll();
		this.bench.run();
		assertThat(this.bench.emulator.queue("orders").consumers()).isZero();
		TestReceiver other = this.bench.connect().attachReceiver("orders").credit(5);
		assertThat(other.ids()).containsExactly("2");
		this.bench.emulator.clock().advance(Duration.ofMinutes(1));
		assertThat(other.ids()).containsExactly("2", "1", "2");
	}

	@Test
	void deadLettersAreReceivedFromTheSubQueue() {
		this.client.send("orders", "1");
		TestReceiver receiver = this.client.attachReceiver("orders").credit(1);
		receiver.propose(receiver.last(), new DeliveryState.Rejected(null));
		TestReceiver deadLetters = this.client.attachReceiver("orders/$deadletterqueue").credit(1);
		assertThat(deadLetters.ids()).containsExactly("1");
	}

	@Test
	void deletingTheQueueEndsItsReceivers() {
		TestReceiver receiver = this.client.attachReceiver("orders").credit(1);
		this.bench.emulator.deleteQueue("orders");
		assertThat(receiver.refusal().condition()).hasToString("amqp:not-found");
		assertThat(receiver.refusal().description()).matches("The messaging entity '.*' could not be found.*");
	}

	@Test
	void propertiesSetByAReceiverJoinThoseOfTheSender() {
		this.client.send("orders", TestMessages.builder("1").applicationProperties(Map.of("a", 1, "b", 2)).build());
		TestReceiver receiver = this.client.attachReceiver("orders").credit(1);
		receiver.propose(receiver.last(),
				new DeliveryState.Modified(null, null, Map.of(Symbol.of("b"), "new", "c", 3)));
		receiver.credit(1);
		assertThat(receiver.lastMessage().applicationProperties()).isEqualTo(Map.of("a", 1, "b", "new", "c", 3));
		assertThat(receiver.lastMessage().header().deliveryCount()).isOne();
	}

	private static byte[] guidBytes(UUID token) {
		String hex = token.toString().replace("-", "");
		int[] order = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
		byte[] bytes = new byte[16];
		Arrays.setAll(new int[16], (i) -> bytes[i] = (byte) Integer.parseInt(hex, order[i] * 2, order[i] * 2 + 2, 16));
		return bytes;
	}

	private List<StoredMessage> stored() {
		return this.bench.emulator.queue("orders").messages();
	}

	private Instant now() {
		return this.bench.emulator.clock().instant();
	}

}
