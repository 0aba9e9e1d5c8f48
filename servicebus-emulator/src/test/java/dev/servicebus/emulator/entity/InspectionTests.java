package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.servicebus.emulator.delivery.QueueCounts;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageSnapshot;
import dev.servicebus.emulator.store.MessageState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peeking, counting, and removing without receiving: one queue with a message in every
 * state.
 */
@Timeout(10)
class InspectionTests {

	private final TestBroker broker = new TestBroker();

	private final Queue queue = this.broker.queue();

	private final ReceivableEntity source = this.queue.source(SubQueue.NONE);

	private TestConsumer consumer;

	@BeforeEach
	void fill() {
		this.consumer = TestConsumer.peekLock(this.source).request(2);
		TestBroker.send(this.queue, "deferred", "locked");
		this.source.settle(this.consumer.deliveries.get(0).token(), Settlement.defer(Map.of()));
		this.queue.enqueue(TestMessage.of("scheduled").scheduledAt(this.broker.now().plusSeconds(600)));
		this.broker.advance(Duration.ofSeconds(1));
		TestBroker.send(this.queue, "active");
	}

	@Test
	void peekShowsEveryStateInOrder() {
		List<BrokerMessage> messages = this.source.peek(0, 10);
		assertThat(messages).extracting((message) -> message.content().messageId())
			.containsExactly("deferred", "locked", "scheduled", "active");
		assertThat(messages).extracting(BrokerMessage::state)
			.containsExactly(MessageState.DEFERRED, MessageState.ACTIVE, MessageState.SCHEDULED, MessageState.ACTIVE);
		assertThat(messages).extracting(BrokerMessage::isLocked).containsExactly(false, true, false, false);
	}

	@Test
	void peekStartsAtANumberAndStopsAtACount() {
		assertThat(this.source.peek(2, 2)).extracting(BrokerMessage::sequenceNumber).containsExactly(2L, 3L);
		assertThat(this.source.peek(5, 10)).isEmpty();
		assertThat(this.source.peek(Long.MIN_VALUE, 1)).hasSize(1);
	}

	@Test
	void countsBelowOneAreRefused() {
		TestBroker.assertRefused(BrokerError.ARGUMENT_ERROR, () -> this.source.peek(0, 0));
		TestBroker.assertRefused(BrokerError.ARGUMENT_ERROR, () -> this.source.delete(-1, 0));
	}

	@Test
	void peekChangesNothing() {
		List<MessageSnapshot> before = this.source.snapshot();
		this.source.peek(0, 10);
		assertThat(this.source.snapshot()).isEqualTo(before);
		this.consumer.request(1);
		assertThat(this.consumer.last()).extracting(TestConsumer.Delivery::id, TestConsumer.Delivery::deliveryCount)
			.containsExactly("active", 0);
	}

	@Test
	void countsTellTheStatesApart() {
		assertThat(this.source.counts()).isEqualTo(new QueueCounts(2, 1, 1, 1, 400));
		this.source.settle(this.consumer.last().token(), Settlement.deadLetter("bad", null, Map.of()));
		assertThat(this.queue.counts()).isEqualTo(new EntityCounts(1, 0, 1, 1, 1, 0, 400));
	}

	@Test
	void snapshotStaysAsItWas() {
		MessageSnapshot snapshot = this.source.snapshot().get(1);
		assertThat(snapshot.lockedUntil()).isEqualTo(TestBroker.START.plusSeconds(60));
		this.source.settle(this.consumer.last().token(), Settlement.abandon(Map.of("new", "value")));
		assertThat(snapshot.applicationProperties()).containsOnlyKeys("sent");
		assertThat(snapshot.deliveryCount()).isZero();
	}

	@Test
	void deleteTakesTheOldestThatNobodyHasLocked() {
		long now = this.broker.timers.now();
		assertThat(this.source.delete(10, now)).isEqualTo(1);
		assertThat(TestBroker.ids(this.source)).containsExactly("locked", "scheduled", "active");
		TestBroker.send(this.queue, "late");
		assertThat(this.source.delete(1, now + 1)).isEqualTo(1);
		assertThat(TestBroker.ids(this.source)).containsExactly("locked", "scheduled", "late");
	}

	@Test
	void purgeTakesEverything() {
		this.source.settle(this.consumer.last().token(), Settlement.deadLetter("bad", null, Map.of()));
		this.queue.purge();
		assertThat(this.queue.counts()).isEqualTo(new EntityCounts(0, 0, 0, 0, 0, 0, 0));
		this.broker.advance(Duration.ofHours(1));
		assertThat(this.queue.counts()).isEqualTo(new EntityCounts(0, 0, 0, 0, 0, 0, 0));
		assertThat(this.broker.timers.size()).isZero();
	}

}
