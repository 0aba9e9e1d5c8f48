package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.store.MessageState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LinkSettlementTests {

	private static final DeliveryState ABANDON = new DeliveryState.Modified(true, false, Map.of());

	private static final DeliveryState DEFER = new DeliveryState.Modified(true, true, Map.of());

	private static final DeliveryState DEAD_LETTER = new DeliveryState.Rejected(null);

	private final TestBench bench = TestBench.withQueue("orders");

	private final QueueView queue = this.bench.emulator.queue("orders");

	private TestReceiver receiver;

	private IncomingDelivery delivery;

	@BeforeEach
	void receive() {
		TestClient client = this.bench.connect();
		client.send("orders", "1");
		this.receiver = client.attachReceiver("orders").credit(1);
		this.delivery = this.receiver.last();
	}

	static Stream<DeliveryState> outcomes() {
		return Stream.of(DeliveryState.Accepted.INSTANCE, DeliveryState.Released.INSTANCE, ABANDON, DEFER, DEAD_LETTER);
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void unsettledOutcomeIsConfirmedByOneOfTheSameType(DeliveryState outcome) {
		TestReceiver.Answer answer = this.receiver.propose(this.delivery, outcome);
		assertThat(answer.settled()).isTrue();
		assertThat(answer.state()).isInstanceOf(outcome.getClass());
		assertEffect(outcome);
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void settledOutcomeHasTheSameEffectAndNoAnswer(DeliveryState outcome) {
		this.receiver.settle(this.delivery, outcome);
		assertThat(this.receiver.answers).isEmpty();
		assertEffect(outcome);
	}

	private void assertEffect(DeliveryState outcome) {
		if (outcome == DeliveryState.Accepted.INSTANCE) {
			assertThat(this.queue.messages()).isEmpty();
			assertThat(this.queue.deadLetters()).isEmpty();
		}
		else if (outcome == DEAD_LETTER) {
			assertThat(this.queue.messages()).isEmpty();
			assertThat(this.queue.deadLetters()).hasSize(1);
		}
		else {
			StoredMessage message = this.queue.messages().get(0);
			assertThat(message.isLocked()).isFalse();
			assertThat(message.state()).isEqualTo((outcome == DEFER) ? MessageState.DEFERRED : MessageState.ACTIVE);
			assertThat(message.deliveryCount()).isEqualTo((outcome == ABANDON) ? 1 : 0);
		}
	}

	@Test
	void modifiedWithoutFieldsAbandons() {
		this.receiver.propose(this.delivery, new DeliveryState.Modified(null, null, Map.of()));
		assertThat(this.queue.messages().get(0).deliveryCount()).isOne();
	}

	@Test
	void deadLetterTakesReasonDescriptionAndFurtherProperties() {
		AmqpError error = new AmqpError(Symbol.of("com.microsoft:dead-letter"), null,
				Map.of(Symbol.of("DeadLetterReason"), "bad", Symbol.of("DeadLetterErrorDescription"), "really",
						Symbol.of("more"), 1));
		TestReceiver.Answer answer = this.receiver.propose(this.delivery, new DeliveryState.Rejected(error));
		assertThat(answer.state()).isEqualTo(new DeliveryState.Rejected(null));
		StoredMessage dead = this.queue.deadLetters().get(0);
		assertThat(dead.deadLetterReason()).isEqualTo("bad");
		assertThat(dead.deadLetterErrorDescription()).isEqualTo("really");
		assertThat(dead.applicationProperties()).containsEntry("more", 1).hasSize(3);
	}

	@Test
	void descriptionOfTheErrorStandsInForTheProperty() {
		this.receiver.propose(this.delivery,
				new DeliveryState.Rejected(AmqpError.of(Symbol.of("com.microsoft:dead-letter"), "from the error")));
		assertThat(this.queue.deadLetters().get(0).deadLetterErrorDescription()).isEqualTo("from the error");
	}

	@Test
	void reasonThatIsTooLongIsRefused() {
		AmqpError error = new AmqpError(Symbol.of("com.microsoft:dead-letter"), null,
				Map.of(Symbol.of("DeadLetterReason"), "x".repeat(4097)));
		TestReceiver.Answer answer = this.receiver.propose(this.delivery, new DeliveryState.Rejected(error));
		assertThat(answer.state()).isInstanceOfSatisfying(DeliveryState.Rejected.class,
				(rejected) -> assertThat(rejected.error().condition()).hasToString("com.microsoft:argument-error"));
		assertThat(this.queue.deadLetters()).isEmpty();
	}

	@Test
	void propertiesToModifyMayHaveKeysOfAnyKindAndNullValues() {
		Map<Object, Object> properties = new LinkedHashMap<>();
		properties.put(Symbol.of("symbol"), 1);
		properties.put("string", "two");
		properties.put(Symbol.of("nothing"), null);
		this.receiver.propose(this.delivery, new DeliveryState.Modified(null, null, properties));
		assertThat(this.queue.messages().get(0).applicationProperties()).containsEntry("symbol", 1)
			.containsEntry("string", "two")
			.containsEntry("nothing", null);
	}

	@Test
	void lostLockIsRejectedWithItsCondition() {
		this.bench.emulator.clock().advance(Duration.ofMinutes(1));
		TestReceiver.Answer answer = this.receiver.propose(this.delivery, DeliveryState.Accepted.INSTANCE);
		assertThat(answer.settled()).isTrue();
		assertThat(answer.state()).isInstanceOfSatisfying(DeliveryState.Rejected.class, (rejected) -> {
			assertThat(rejected.error().condition()).hasToString("com.microsoft:message-lock-lost");
			assertThat(rejected.error().description()).startsWith("The lock supplied is invalid.");
		});
		assertThat(this.receiver.link.isOpen()).isTrue();
	}

	@Test
	void settledOutcomeWithALostLockIsIgnored() {
		this.bench.emulator.clock().advance(Duration.ofMinutes(1));
		this.receiver.settle(this.delivery, DeliveryState.Accepted.INSTANCE);
		assertThat(this.receiver.answers).isEmpty();
		assertThat(this.queue.messages()).hasSize(1);
	}

	@Test
	void deadLetteringADeadLetterIsRefused() {
		this.receiver.propose(this.delivery, DEAD_LETTER);
		TestReceiver deadLetters = this.bench.connect().attachReceiver("orders/$DeadLetterQueue").credit(1);
		TestReceiver.Answer answer = deadLetters.propose(deadLetters.last(), DEAD_LETTER);
		assertThat(answer.state()).isInstanceOfSatisfying(DeliveryState.Rejected.class,
				(rejected) -> assertThat(rejected.error().condition()).hasToString("amqp:not-allowed"));
	}

	@Test
	void abandonedDeadLetterKeepsItsDeliveryCount() {
		this.receiver.propose(this.delivery, ABANDON);
		this.receiver.credit(1);
		this.receiver.propose(this.receiver.last(), DEAD_LETTER);
		TestReceiver deadLetters = this.bench.connect().attachReceiver("orders/$DeadLetterQueue").credit(2);
		deadLetters.propose(deadLetters.last(), ABANDON);
		assertThat(deadLetters.messages()).hasSize(2)
			.allSatisfy((message) -> assertThat(message.header().deliveryCount()).isOne());
	}

	@Test
	void manySettlementsOfOneBurstAreAllConfirmed() {
		TestClient client = this.bench.connect();
		for (int i = 0; i < 100; i++) {
			client.send("orders", "m" + i);
		}
		this.receiver.credit(100);
		this.bench.run(() -> this.receiver.deliveries
			.forEach((received) -> received.propose(DeliveryState.Accepted.INSTANCE)));
		assertThat(this.receiver.answers).hasSize(101)
			.containsOnly(new TestReceiver.Answer(DeliveryState.Accepted.INSTANCE, true));
		assertThat(this.queue.messages()).isEmpty();
	}

}
