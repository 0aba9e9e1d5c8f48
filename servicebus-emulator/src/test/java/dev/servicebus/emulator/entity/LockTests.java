package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.store.BrokerError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class LockTests {

	private static final Duration LOCK = Duration.ofSeconds(30);

	private static final Duration TICK = Duration.ofMillis(1);

	private final TestBroker broker = new TestBroker();

	private final Queue queue = this.broker.queue((options) -> options.lockDuration(LOCK).maxDeliveryCount(2));

	private final ReceivableEntity source = this.queue.source(SubQueue.NONE);

	@Test
	void lockLastsForTheLockDuration() {
		TestConsumer consumer = received("a");
		assertThat(consumer.last().lockedUntil()).isEqualTo(this.broker.now().plus(LOCK).toEpochMilli());
		this.broker.advance(LOCK.minus(TICK));
		this.source.settle(consumer.lastToken(), Settlement.complete());
		assertThat(this.source.counts().active()).isZero();
	}

	@Test
	void expiredLockCountsAndTheMessageIsDeliveredAgain() {
		TestConsumer consumer = received("a").request(1);
		UUID lost = consumer.lastToken();
		this.broker.advance(LOCK);
		assertThat(consumer.ids()).containsExactly("a", "a");
		assertThat(consumer.last().deliveryCount()).isEqualTo(1);
		assertThat(consumer.last().sequenceNumber()).isEqualTo(1);
		TestBroker.assertRefused(BrokerError.MESSAGE_LOCK_LOST, () -> this.source.settle(lost, Settlement.complete()));
		this.source.settle(consumer.lastToken(), Settlement.complete());
	}

	@Test
	void lastExpiredLockMovesTheMessageToTheDeadLetterQueue() {
		TestConsumer consumer = received("a").request(5);
		this.broker.advance(LOCK.multipliedBy(2));
		assertThat(consumer.deliveries).hasSize(2);
		assertThat(this.queue.counts().deadLettered()).isEqualTo(1);
		assertThat(this.queue.source(SubQueue.DEAD_LETTER).snapshot().get(0).applicationProperties())
			.containsEntry("DeadLetterReason", "MaxDeliveryCountExceeded");
	}

	@Test
	void redeliveryKeepsTheOrderWhateverTheOrderOfTheLocks() {
		TestConsumer consumer = received("a", "b", "c");
		this.source.renewLocks(List.of(consumer.deliveries.get(0).token()));
		this.broker.advance(LOCK);
		consumer.request(3);
		assertThat(consumer.ids()).containsExactly("a", "b", "c", "a", "b", "c");
	}

	@Test
	void locksOfAGoneConsumerStayUntilTheyExpire() {
		TestConsumer gone = received("a");
		gone.registration.cancel();
		TestConsumer next = TestConsumer.peekLock(this.source).request(1);
		this.broker.advance(LOCK.minus(TICK));
		assertThat(next.deliveries).isEmpty();
		this.broker.advance(TICK);
		assertThat(next.last().deliveryCount()).isEqualTo(1);
	}

	@Test
	void renewalStartsTheLockDurationAnew() {
		TestConsumer consumer = received("a", "b").request(5);
		this.broker.advance(Duration.ofSeconds(20));
		List<UUID> tokens = consumer.deliveries.stream().map(TestConsumer.Delivery::token).toList();
		assertThat(this.source.renewLocks(tokens)).isEqualTo(this.broker.now().plus(LOCK).toEpochMilli());
		this.broker.advance(LOCK.minus(TICK));
		assertThat(consumer.deliveries).hasSize(2);
		this.source.settle(tokens.get(0), Settlement.complete());
		this.broker.advance(TICK);
		assertThat(consumer.ids()).containsExactly("a", "b", "b");
	}

	@Test
	void oneBadTokenFailsTheWholeRenewal() {
		TestConsumer consumer = received("a").request(5);
		this.broker.advance(Duration.ofSeconds(20));
		TestBroker.assertRefused(BrokerError.MESSAGE_LOCK_LOST,
				() -> this.source.renewLocks(List.of(consumer.lastToken(), UUID.randomUUID())));
		this.broker.advance(Duration.ofSeconds(10));
		assertThat(consumer.deliveries).hasSize(2);
	}

	@Test
	void expiredLockCannotBeRenewed() {
		TestConsumer consumer = received("a");
		this.broker.advance(LOCK);
		TestBroker.assertRefused(BrokerError.MESSAGE_LOCK_LOST,
				() -> this.source.renewLocks(List.of(consumer.lastToken())));
	}

	@Test
	void shorterLockDurationCountsForNewLocksOnly() {
		TestConsumer consumer = received("a");
		this.queue.update(this.queue.options().mutate().lockDuration(Duration.ofSeconds(5)).build());
		TestBroker.send(this.queue, "b");
		consumer.request(10);
		this.broker.advance(Duration.ofSeconds(5));
		assertThat(consumer.ids()).containsExactly("a", "b", "b");
		this.source.settle(consumer.lastToken(), Settlement.complete());
		this.broker.advance(Duration.ofSeconds(25));
		assertThat(consumer.ids()).containsExactly("a", "b", "b", "a");
	}

	@Test
	void settledLocksLeaveAtMostOneTimerBehind() {
		TestConsumer consumer = TestConsumer.peekLock(this.source);
		for (int i = 0; i < 100; i++) {
			TestBroker.send(this.queue, "m" + i);
			consumer.request(1);
			this.source.settle(consumer.lastToken(), Settlement.complete());
		}
		assertThat(this.broker.timers.size()).isEqualTo(1);
		this.broker.advance(LOCK);
		assertThat(this.broker.timers.size()).isZero();
	}

	@Test
	void abandonedDeliveryDoesNotExpireLater() {
		TestConsumer consumer = received("a");
		this.source.settle(consumer.lastToken(), Settlement.abandon(Map.of()));
		this.broker.advance(LOCK.multipliedBy(3));
		assertThat(this.source.snapshot().get(0).deliveryCount()).isEqualTo(1);
	}

	private TestConsumer received(String... ids) {
		TestBroker.send(this.queue, ids);
		return TestConsumer.peekLock(this.source).request(ids.length);
	}

}
