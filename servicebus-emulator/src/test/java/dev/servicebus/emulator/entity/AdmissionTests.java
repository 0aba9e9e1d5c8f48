package dev.servicebus.emulator.entity;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class AdmissionTests {

	private final TestBroker broker = new TestBroker();

	private final Queue queue = this.broker.queue((options) -> options.maxMessageSize(1000).maxSizeInMegabytes(1));

	private final ReceivableEntity source = this.queue.source(SubQueue.NONE);

	@Test
	void messageAboveTheLimitIsRefused() {
		this.queue.enqueue(TestMessage.of("fits").ofSize(1000));
		BrokerException refusal = TestBroker.assertRefused(BrokerError.MESSAGE_SIZE_EXCEEDED,
				() -> this.queue.enqueue(TestMessage.of("a").ofSize(1001)));
		assertThat(refusal).hasMessage("The received message (size: 1001 bytes) exceeds the limit (1000 bytes)"
				+ " currently allowed on the link.");
		TestBroker.assertRefused(BrokerError.MESSAGE_SIZE_EXCEEDED,
				() -> this.queue.schedule(List.of(TestMessage.of("b").ofSize(1001))));
	}

	@Test
	void idsHaveAtMost128Characters() {
		this.queue.enqueue(TestMessage.of("a".repeat(128)));
		BrokerException refusal = TestBroker.assertRefused(BrokerError.ARGUMENT_ERROR,
				() -> this.queue.enqueue(TestMessage.of("a".repeat(129))));
		assertThat(refusal).hasMessageStartingWith("The message id of a message must not be longer than 128");
	}

	@Test
	void fullQueueRefusesMessagesUntilThereIsRoom() {
		List<TestMessage> batch = IntStream.range(0, 1048)
			.mapToObj((i) -> TestMessage.of("m" + i).ofSize(1000))
			.toList();
		this.queue.enqueue(batch);
		TestBroker.assertRefused(BrokerError.RESOURCE_LIMIT_EXCEEDED,
				() -> this.queue.enqueue(TestMessage.of("more").ofSize(1000)));
		TestBroker.assertRefused(BrokerError.RESOURCE_LIMIT_EXCEEDED, () -> this.queue.enqueue(batch));
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(1);
		this.source.settle(consumer.lastToken(), Settlement.deadLetter("still counts", null, Map.of()));
		TestBroker.assertRefused(BrokerError.RESOURCE_LIMIT_EXCEEDED,
				() -> this.queue.enqueue(TestMessage.of("more").ofSize(1000)));
		this.queue.source(SubQueue.DEAD_LETTER).purge();
		this.queue.enqueue(TestMessage.of("more").ofSize(1000));
	}

	@Test
	void sendDisabledQueueCanOnlyBeReceivedFrom() {
		TestBroker.send(this.queue, "a");
		setStatus(EntityStatus.SEND_DISABLED);
		TestBroker.assertRefused(BrokerError.ENTITY_DISABLED, () -> TestBroker.send(this.queue, "b"));
		TestBroker.assertRefused(BrokerError.ENTITY_DISABLED,
				() -> this.queue.schedule(List.of(TestMessage.of("c").scheduledAt(this.broker.now().plusSeconds(9)))));
		assertThat(TestConsumer.peekLock(this.source).request(1).ids()).containsExactly("a");
	}

	@Test
	void receiveDisabledQueueCanOnlyBeSentTo() {
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(2);
		TestBroker.send(this.queue, "a");
		setStatus(EntityStatus.RECEIVE_DISABLED);
		TestBroker.send(this.queue, "b");
		assertThat(consumer.reason.error()).isEqualTo(BrokerError.ENTITY_DISABLED);
		assertThat(consumer.ids()).containsExactly("a");
		for (SubQueue part : SubQueue.values()) {
			ReceivableEntity disabled = this.queue.source(part);
			TestBroker.assertRefused(BrokerError.ENTITY_DISABLED, () -> TestConsumer.peekLock(disabled));
			TestBroker.assertRefused(BrokerError.ENTITY_DISABLED, () -> disabled.peek(0, 1));
			TestBroker.assertRefused(BrokerError.ENTITY_DISABLED,
					() -> disabled.receiveDeferred(ReceiveMode.PEEK_LOCK, 1));
		}
		this.source.renewLocks(List.of(consumer.lastToken()));
		this.source.settle(consumer.lastToken(), Settlement.complete());
		setStatus(EntityStatus.ACTIVE);
		assertThat(TestConsumer.peekLock(this.source).request(5).ids()).containsExactly("b");
	}

	@Test
	void disabledQueueAdmitsNothing() {
		setStatus(EntityStatus.DISABLED);
		BrokerException refusal = TestBroker.assertRefused(BrokerError.ENTITY_DISABLED,
				() -> TestBroker.send(this.queue, "a"));
		assertThat(refusal).hasMessageContaining("sb://localhost/orders").hasMessageContaining("DISABLED");
		TestBroker.assertRefused(BrokerError.ENTITY_DISABLED, () -> TestConsumer.peekLock(this.source));
	}

	@Test
	void deletedQueueTellsEverybody() {
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(1);
		TestConsumer dead = TestConsumer.peekLock(this.queue.source(SubQueue.DEAD_LETTER));
		TestBroker.send(this.queue, "a", "b");
		this.broker.namespace.deleteQueue("ORDERS");
		String text = "The messaging entity 'sb://localhost/orders' could not be found.";
		assertThat(consumer.reason).hasMessage(text);
		assertThat(dead.reason).hasMessage(text);
		consumer.request(10);
		assertThat(consumer.ids()).containsExactly("a");
		TestBroker.assertRefused(BrokerError.ENTITY_NOT_FOUND, () -> TestBroker.send(this.queue, "c"));
		TestBroker.assertRefused(BrokerError.ENTITY_NOT_FOUND, () -> TestConsumer.peekLock(this.source));
		TestBroker.assertRefused(BrokerError.ENTITY_NOT_FOUND,
				() -> this.source.settle(consumer.lastToken(), Settlement.complete()));
	}

	@Test
	void sessionQueueWantsSessionsOnBothSides() {
		Queue sessions = this.broker.namespace.createQueue("sessions",
				EntityOptions.builder().requiresSession(true).build());
		BrokerException send = TestBroker.assertRefused(BrokerError.SESSION_ID_MISSING,
				() -> TestBroker.send(sessions, "a"));
		assertThat(send).hasMessageContaining("The SessionId was not set on a message");
		BrokerException receive = TestBroker.assertRefused(BrokerError.NOT_ALLOWED,
				() -> TestConsumer.peekLock(sessions.source(SubQueue.NONE)));
		assertThat(receive).hasMessageContaining("requires sessions");
		TestConsumer.peekLock(sessions.source(SubQueue.DEAD_LETTER));
	}

	@Test
	void whatIsFixedAtCreationCannotBeUpdated() {
		BrokerException refusal = TestBroker.assertRefused(BrokerError.ARGUMENT_ERROR,
				() -> this.queue.update(this.queue.options().mutate().requiresSession(true).build()));
		assertThat(refusal).hasMessageStartingWith(
				"The value for the RequiresSession property of an existing Queue cannot be changed.");
		assertThat(this.queue.options().requiresSession()).isFalse();
	}

	private void setStatus(EntityStatus status) {
		this.queue.update(this.queue.options().mutate().status(status).build());
	}

}
