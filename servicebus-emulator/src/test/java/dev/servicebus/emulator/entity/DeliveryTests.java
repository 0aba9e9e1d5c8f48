package dev.servicebus.emulator.entity;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.emulator.delivery.QueueCounts;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.store.BrokerError;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class DeliveryTests {

	private final TestBroker broker = new TestBroker();

	private final Queue queue = this.broker.queue();

	private final ReceivableEntity source = this.queue.source(SubQueue.NONE);

	@Test
	void messagesComeInTheOrderOfTheirSequenceNumbers() {
		TestBroker.send(this.queue, "a", "b", "c");
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(3);
		assertThat(consumer.ids()).containsExactly("a", "b", "c");
		assertThat(consumer.deliveries).extracting(TestConsumer.Delivery::sequenceNumber).containsExactly(1L, 2L, 3L);
		assertThat(consumer.deliveries).extracting(TestConsumer.Delivery::deliveryCount).containsOnly(0);
	}

	@Test
	void consumerGetsNoMoreThanItAsksFor() {
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(2);
		TestBroker.send(this.queue, "a", "b", "c");
		assertThat(consumer.ids()).containsExactly("a", "b");
		consumer.request(5);
		assertThat(consumer.ids()).containsExactly("a", "b", "c");
	}

	@Test
	void consumerGetsNothingBeforeItHasDemand() {
		TestConsumer consumer = TestConsumer.peekLock(this.source);
		TestBroker.send(this.queue, "a");
		assertThat(consumer.deliveries).isEmpty();
	}

	@Test
	void waitingConsumerGetsAMessageAtOnce() {
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(1);
		TestBroker.send(this.queue, "a");
		assertThat(consumer.ids()).containsExactly("a");
	}

	@Test
	void competingConsumersTakeTurns() {
		TestConsumer first = TestConsumer.peekLock(this.source).request(10);
		TestConsumer second = TestConsumer.peekLock(this.source).request(2);
		TestConsumer third = TestConsumer.peekLock(this.source);
		TestBroker.send(this.queue, "a", "b", "c", "d", "e", "f");
		assertThat(first.ids()).containsExactly("a", "c", "e", "f");
		assertThat(second.ids()).containsExactly("b", "d");
		assertThat(third.ids()).isEmpty();
	}

	@Test
	void peekLockKeepsTheMessageAndReceiveAndDeleteDoesNot() {
		TestBroker.send(this.queue, "a", "b");
		TestConsumer locking = TestConsumer.peekLock(this.source).request(1);
		TestConsumer deleting = TestConsumer.receiveAndDelete(this.source).request(1);
		assertThat(locking.lastToken()).isNotNull();
		assertThat(deleting.lastToken()).isNull();
		assertThat(this.source.counts()).isEqualTo(new QueueCounts(1, 1, 0, 0, 100));
	}

	@Test
	void batchIsStoredBeforeItsFirstMessageIsDelivered() {
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(2);
		consumer.onDelivery = () -> assertThat(this.source.counts().active()).isEqualTo(2);
		this.queue.enqueue(List.of(TestMessage.of("a"), TestMessage.of("b")));
		assertThat(consumer.ids()).containsExactly("a", "b");
	}

	@Test
	void batchWithOneBadMessageIsRefusedAltogether() {
		TestBroker.assertRefused(BrokerError.MESSAGE_SIZE_EXCEEDED,
				() -> this.queue.enqueue(List.of(TestMessage.of("a"), TestMessage.of("b").ofSize(300_000))));
		assertThat(this.source.counts().active()).isZero();
	}

	@Test
	void cancelledConsumerGetsNothingAndKeepsItsLocks() {
		TestConsumer first = TestConsumer.peekLock(this.source).request(5);
		TestBroker.send(this.queue, "a");
		first.registration.cancel();
		first.registration.cancel();
		TestConsumer second = TestConsumer.peekLock(this.source).request(5);
		TestBroker.send(this.queue, "b");
		first.request(1);
		assertThat(first.ids()).containsExactly("a");
		assertThat(second.ids()).containsExactly("b");
		assertThat(this.source.consumers()).isEqualTo(1);
		this.source.settle(first.lastToken(), Settlement.complete());
		assertThat(TestBroker.ids(this.source)).containsExactly("b");
	}

	@Test
	void consumerMaySettleAndLeaveInsideItsDelivery() {
		TestBroker.send(this.queue, "a", "b");
		TestConsumer consumer = TestConsumer.peekLock(this.source);
		consumer.onDelivery = () -> {
			this.source.settle(consumer.lastToken(), Settlement.release());
			if (consumer.deliveries.size() == 3) {
				consumer.registration.cancel();
			}
		};
		consumer.request(100);
		assertThat(consumer.ids()).containsExactly("a", "a", "a");
		assertThat(this.source.counts()).isEqualTo(new QueueCounts(2, 0, 0, 0, 200));
	}

	@Test
	void everyDeliveryHasATokenOfItsOwn() {
		TestBroker.send(this.queue, "a");
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(1);
		this.source.settle(consumer.lastToken(), Settlement.release());
		consumer.request(1);
		assertThat(consumer.deliveries).extracting(TestConsumer.Delivery::token).doesNotHaveDuplicates();
		assertThat(consumer.lastToken().version()).isEqualTo(4);
		assertThat(consumer.lastToken().variant()).isEqualTo(2);
	}

}
