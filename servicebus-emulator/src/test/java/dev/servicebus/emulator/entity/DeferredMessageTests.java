package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.emulator.delivery.QueueCounts;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class DeferredMessageTests {

	private static final Duration LOCK = Duration.ofSeconds(30);

	private final TestBroker broker = new TestBroker();

	private final Queue queue = this.broker
		.queue((options) -> options.lockDuration(LOCK).maxDeliveryCount(2).deadLetteringOnMessageExpiration(true));

	private final ReceivableEntity source = this.queue.source(SubQueue.NONE);

	@Test
	void deferredMessageIsLockedByItsNumber() {
		defer("a");
		BrokerMessage message = this.source.receiveDeferred(ReceiveMode.PEEK_LOCK, 1).get(0);
		assertThat(message.content().messageId()).isEqualTo("a");
		assertThat(message.state()).isEqualTo(MessageState.DEFERRED);
		assertThat(message.lockedUntil()).isEqualTo(this.broker.now().plus(LOCK).toEpochMilli());
		this.source.settle(message.lockToken(), Settlement.complete());
		assertThat(this.queue.counts()).isEqualTo(new EntityCounts(0, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void deferredMessageIsRemovedByItsNumber() {
		defer("a");
		BrokerMessage message = this.source.receiveDeferred(ReceiveMode.RECEIVE_AND_DELETE, 1).get(0);
		assertThat(message.lockToken()).isNull();
		assertThat(this.source.counts()).isEqualTo(new QueueCounts(0, 0, 0, 0, 0));
	}

	@Test
	void messagesComeInTheOrderAskedFor() {
		defer("a", "b", "c");
		List<BrokerMessage> messages = this.source.receiveDeferred(ReceiveMode.PEEK_LOCK, 3, 1);
		assertThat(messages).extracting(BrokerMessage::sequenceNumber).containsExactly(3L, 1L);
	}

	@Test
	void oneMissingNumberFailsTheWholeCall() {
		defer("a", "b");
		this.source.receiveDeferred(ReceiveMode.PEEK_LOCK, 2);
		TestBroker.send(this.queue, "active");
		for (long bad : new long[] { 2, 3, 99, 1 }) {
			BrokerException refusal = TestBroker.assertRefused(BrokerError.MESSAGE_NOT_FOUND,
					() -> this.source.receiveDeferred(ReceiveMode.PEEK_LOCK, 1, bad));
			assertThat(refusal).hasMessageStartingWith("Failed to lock one or more specified messages.");
		}
		assertThat(this.source.counts().locked()).isEqualTo(1);
	}

	@Test
	void abandonedAndExpiredDeferredMessageStaysDeferred() {
		TestConsumer consumer = defer("a").request(5);
		UUID token = this.source.receiveDeferred(ReceiveMode.PEEK_LOCK, 1).get(0).lockToken();
		this.source.settle(token, Settlement.release());
		this.source.receiveDeferred(ReceiveMode.PEEK_LOCK, 1);
		this.broker.advance(LOCK);
		assertThat(consumer.deliveries).hasSize(1);
		assertThat(this.source.counts()).isEqualTo(new QueueCounts(0, 0, 1, 0, 100));
		assertThat(this.source.snapshot().get(0).deliveryCount()).isEqualTo(1);
	}

	@Test
	void failedDeliveriesOfADeferredMessageAreLimitedToo() {
		defer("a");
		for (int i = 0; i < 2; i++) {
			UUID token = this.source.receiveDeferred(ReceiveMode.PEEK_LOCK, 1).get(0).lockToken();
			this.source.settle(token, Settlement.abandon(Map.of()));
		}
		assertThat(this.queue.counts()).isEqualTo(new EntityCounts(0, 0, 0, 0, 1, 0, 100));
	}

	@Test
	void deferredMessageCanBeDeferredAgainAndDeadLettered() {
		defer("a");
		UUID first = this.source.receiveDeferred(ReceiveMode.PEEK_LOCK, 1).get(0).lockToken();
		this.source.settle(first, Settlement.defer(Map.of()));
		UUID second = this.source.receiveDeferred(ReceiveMode.PEEK_LOCK, 1).get(0).lockToken();
		this.source.settle(second, Settlement.deadLetter("bad", null, Map.of()));
		assertThat(this.queue.counts()).isEqualTo(new EntityCounts(0, 0, 0, 0, 1, 0, 100));
		assertThat(TestConsumer.peekLock(this.queue.source(SubQueue.DEAD_LETTER)).request(1).ids())
			.containsExactly("a");
	}

	@Test
	void deferredMessageExpiresOnlyWhenItIsAskedFor() {
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(1);
		this.queue.enqueue(TestMessage.of("a").livingFor(Duration.ofSeconds(10)));
		this.source.settle(consumer.lastToken(), Settlement.defer(Map.of()));
		this.broker.advance(Duration.ofHours(1));
		assertThat(this.source.counts().deferred()).isEqualTo(1);
		TestBroker.assertRefused(BrokerError.MESSAGE_NOT_FOUND,
				() -> this.source.receiveDeferred(ReceiveMode.PEEK_LOCK, 1));
		assertThat(this.queue.counts()).isEqualTo(new EntityCounts(0, 0, 0, 0, 1, 0, 100));
	}

	@Test
	void deadLetterQueueDefersToo() {
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(1);
		TestBroker.send(this.queue, "a");
		this.source.settle(consumer.lastToken(), Settlement.deadLetter("bad", null, Map.of()));
		ReceivableEntity deadLetters = this.queue.source(SubQueue.DEAD_LETTER);
		TestConsumer dead = TestConsumer.peekLock(deadLetters).request(1);
		deadLetters.settle(dead.lastToken(), Settlement.defer(Map.of()));
		assertThat(deadLetters.receiveDeferred(ReceiveMode.PEEK_LOCK, 1)).hasSize(1);
	}

	private TestConsumer defer(String... ids) {
		TestBroker.send(this.queue, ids);
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(ids.length);
		List<UUID> tokens = consumer.deliveries.stream().map(TestConsumer.Delivery::token).toList();
		this.source.settle(tokens, Settlement.defer(Map.of()));
		return consumer;
	}

}
