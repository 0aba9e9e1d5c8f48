package dev.servicebus.emulator.entity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.emulator.delivery.QueueCounts;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.MessageSnapshot;
import dev.servicebus.emulator.store.MessageState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class SettlementTests {

	private final TestBroker broker = new TestBroker();

	private final Queue queue = this.broker.queue((options) -> options.maxDeliveryCount(3));

	private final ReceivableEntity source = this.queue.source(SubQueue.NONE);

	private final ReceivableEntity deadLetters = this.queue.source(SubQueue.DEAD_LETTER);

	@Test
	void completedMessageIsGone() {
		TestConsumer consumer = received("a");
		this.source.settle(consumer.lastToken(), Settlement.complete());
		assertThat(this.queue.counts()).isEqualTo(new EntityCounts(0, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void abandonedMessageReturnsToItsPlaceAndCounts() {
		TestConsumer consumer = received("a", "b");
		TestBroker.send(this.queue, "c");
		consumer.request(1);
		this.source.settle(consumer.deliveries.get(1).token(), Settlement.abandon(Map.of()));
		this.source.settle(consumer.deliveries.get(0).token(), Settlement.abandon(Map.of()));
		this.source.settle(consumer.deliveries.get(2).token(), Settlement.abandon(Map.of()));
		consumer.request(3);
		assertThat(consumer.ids()).containsExactly("a", "b", "c", "a", "b", "c");
		assertThat(consumer.last().deliveryCount()).isEqualTo(1);
		assertThat(consumer.last().sequenceNumber()).isEqualTo(3);
	}

	@Test
	void releasedMessageReturnsWithoutCounting() {
		TestConsumer consumer = received("a");
		for (int i = 0; i < 5; i++) {
			this.source.settle(consumer.lastToken(), Settlement.release());
			consumer.request(1);
		}
		assertThat(consumer.last().deliveryCount()).isZero();
		assertThat(consumer.deliveries).hasSize(6);
	}

	@Test
	void lastFailedDeliveryMovesTheMessageToTheDeadLetterQueue() {
		TestConsumer consumer = received("a").request(10);
		for (int i = 0; i < 3; i++) {
			assertThat(consumer.last().deliveryCount()).isEqualTo(i);
			this.source.settle(consumer.lastToken(), Settlement.abandon(Map.of()));
		}
		assertThat(consumer.deliveries).hasSize(3);
		MessageSnapshot dead = this.deadLetters.snapshot().get(0);
		assertThat(dead.deliveryCount()).isEqualTo(3);
		assertThat(dead.applicationProperties()).containsEntry("DeadLetterReason", "MaxDeliveryCountExceeded")
			.containsEntry("DeadLetterErrorDescription", "Message could not be consumed after 3 delivery attempts.")
			.containsEntry("sent", "by test");
	}

	@Test
	void abandonSetsProperties() {
		TestConsumer consumer = received("a");
		Map<String, Object> properties = new HashMap<>(Map.of("sent", "changed", "try", 1));
		properties.put("nothing", null);
		this.source.settle(consumer.lastToken(), Settlement.abandon(properties));
		assertThat(this.source.snapshot().get(0).applicationProperties())
			.containsExactlyInAnyOrderEntriesOf(properties);
	}

	@Test
	void deferredMessageIsNotDelivered() {
		TestConsumer consumer = received("a", "b").request(5);
		this.source.settle(consumer.deliveries.get(0).token(), Settlement.defer(Map.of("why", "later")));
		assertThat(consumer.ids()).containsExactly("a", "b");
		MessageSnapshot deferred = this.source.snapshot().get(0);
		assertThat(deferred.state()).isEqualTo(MessageState.DEFERRED);
		assertThat(deferred.deliveryCount()).isZero();
		assertThat(deferred.lockedUntil()).isNull();
		assertThat(deferred.applicationProperties()).containsEntry("why", "later");
	}

	@Test
	void deadLetteredMessageKeepsNumberTimeAndCount() {
		TestConsumer consumer = received("x", "a");
		this.source.settle(consumer.lastToken(), Settlement.abandon(Map.of()));
		consumer.request(1);
		MessageSnapshot before = this.source.snapshot().get(1);
		this.source.settle(consumer.lastToken(), Settlement.deadLetter("bad", "very bad", Map.of("k", "v")));
		MessageSnapshot dead = this.deadLetters.snapshot().get(0);
		assertThat(dead.sequenceNumber()).isEqualTo(before.sequenceNumber()).isEqualTo(2);
		assertThat(dead.enqueuedTime()).isEqualTo(before.enqueuedTime());
		assertThat(dead.deliveryCount()).isEqualTo(1);
		assertThat(dead.state()).isEqualTo(MessageState.ACTIVE);
		assertThat(dead.lockedUntil()).isNull();
		assertThat(dead.applicationProperties()).containsEntry("DeadLetterReason", "bad")
			.containsEntry("DeadLetterErrorDescription", "very bad")
			.containsEntry("k", "v");
		assertThat(TestBroker.ids(this.source)).containsExactly("x");
	}

	@Test
	void deadLetterWithoutReasonSetsNone() {
		TestConsumer consumer = received("a");
		this.source.settle(consumer.lastToken(), Settlement.deadLetter(null, null, Map.of()));
		assertThat(this.deadLetters.snapshot().get(0).applicationProperties()).containsOnlyKeys("sent");
	}

	@Test
	void deadLetterReasonHasAtMost4096Characters() {
		Settlement.deadLetter("r".repeat(4096), "d".repeat(4096), Map.of());
		TestBroker.assertRefused(BrokerError.ARGUMENT_ERROR,
				() -> Settlement.deadLetter(null, "d".repeat(4097), Map.of()));
	}

	@Test
	void deadLetterQueueCountsNoDeliveriesAndHasNoDeadLetterQueue() {
		TestConsumer consumer = received("a");
		this.source.settle(consumer.lastToken(), Settlement.abandon(Map.of()));
		consumer.request(1);
		this.source.settle(consumer.lastToken(), Settlement.deadLetter("bad", null, Map.of()));
		TestConsumer dead = TestConsumer.peekLock(this.deadLetters).request(100);
		for (int i = 0; i < 20; i++) {
			this.deadLetters.settle(dead.lastToken(), Settlement.abandon(Map.of()));
		}
		assertThat(dead.deliveries).hasSize(21).extracting(TestConsumer.Delivery::deliveryCount).containsOnly(1);
		TestBroker.assertRefused(BrokerError.NOT_ALLOWED,
				() -> this.deadLetters.settle(dead.lastToken(), Settlement.deadLetter("again", null, Map.of())));
		assertThat(this.deadLetters.snapshot().get(0).applicationProperties()).containsEntry("DeadLetterReason", "bad");
		this.deadLetters.settle(dead.lastToken(), Settlement.complete());
		assertThat(this.deadLetters.counts()).isEqualTo(new QueueCounts(0, 0, 0, 0, 0));
	}

	@Test
	void secondSettlementIsRefused() {
		TestConsumer consumer = received("a");
		UUID token = consumer.lastToken();
		this.source.settle(token, Settlement.abandon(Map.of()));
		BrokerException refusal = TestBroker.assertRefused(BrokerError.MESSAGE_LOCK_LOST,
				() -> this.source.settle(token, Settlement.complete()));
		assertThat(refusal).hasMessageStartingWith("The lock supplied is invalid.");
		assertThat(this.source.counts().active()).isEqualTo(1);
	}

	@Test
	void tokenOfAnotherEntityIsUnknown() {
		TestConsumer consumer = received("a");
		TestBroker.assertRefused(BrokerError.MESSAGE_LOCK_LOST,
				() -> this.deadLetters.settle(consumer.lastToken(), Settlement.complete()));
	}

	@Test
	void severalAreSettledTogetherOrNotAtAll() {
		TestConsumer consumer = received("a", "b");
		UUID first = consumer.deliveries.get(0).token();
		UUID second = consumer.deliveries.get(1).token();
		TestBroker.assertRefused(BrokerError.MESSAGE_LOCK_LOST,
				() -> this.source.settle(List.of(first, UUID.randomUUID()), Settlement.complete()));
		assertThat(this.source.counts().locked()).isEqualTo(2);
		consumer.request(2);
		this.source.settle(List.of(second, first, second), Settlement.abandon(Map.of()));
		assertThat(consumer.ids()).containsExactly("a", "b", "a", "b");
		assertThat(consumer.last().deliveryCount()).isEqualTo(1);
	}

	private TestConsumer received(String... ids) {
		TestBroker.send(this.queue, ids);
		return TestConsumer.peekLock(this.source).request(ids.length);
	}

}
