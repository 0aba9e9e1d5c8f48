package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class DuplicateDetectionTests {

	private final TestBroker broker = new TestBroker();

	private final EntityOptions options = EntityOptions.builder()
		.duplicateDetectionWindow(Duration.ofSeconds(30))
		.build();

	private final Queue queue = this.broker.namespace.createQueue("orders", this.options);

	private final ReceivableEntity source = this.queue.source(SubQueue.NONE);

	@Test
	void secondMessageOfAnIdIsDropped() {
		TestBroker.send(this.queue, "a", "b", "a");
		assertThat(TestBroker.ids(this.source)).containsExactly("a", "b");
	}

	@Test
	void completedMessageStillCounts() {
		TestBroker.send(this.queue, "a");
		TestConsumer.receiveAndDelete(this.source).request(1);
		TestBroker.send(this.queue, "a");
		assertThat(TestBroker.ids(this.source)).isEmpty();
	}

	@Test
	void windowBeginsWithTheFirstMessage() {
		TestBroker.send(this.queue, "a");
		this.broker.advance(Duration.ofSeconds(29));
		TestBroker.send(this.queue, "a", "b");
		this.broker.advance(Duration.ofSeconds(1));
		TestBroker.send(this.queue, "a", "b");
		assertThat(TestBroker.ids(this.source)).containsExactly("a", "b", "a");
	}

	@Test
	void clearedQueueHasForgottenItsIds() {
		TestBroker.send(this.queue, "a");
		this.queue.clear();
		TestBroker.send(this.queue, "a");
		assertThat(TestBroker.ids(this.source)).containsExactly("a");
	}

	@Test
	void idsAreForgottenWithoutFurtherMessages() {
		TestBroker.send(this.queue, "a");
		this.broker.advance(Duration.ofSeconds(10));
		TestBroker.send(this.queue, "b");
		this.broker.advance(Duration.ofMinutes(1));
		assertThat(this.broker.timers.size()).isZero();
	}

	@Test
	void batchesAndScheduledMessagesAreChecked() {
		TestMessage later = TestMessage.of("s").scheduledAt(this.broker.now().plusSeconds(5));
		long[] numbers = this.queue.schedule(List.of(TestMessage.of("a"), TestMessage.of("a"), later));
		assertThat(numbers).containsExactly(1, 0, 2);
		TestBroker.send(this.queue, "s");
		assertThat(TestBroker.ids(this.source)).containsExactly("a", "s");
	}

	@Test
	void topicDropsDuplicatesForAllSubscriptions() {
		Topic topic = this.broker.namespace.createTopic("news", this.options);
		Subscription subscription = this.broker.namespace.createSubscription("news", "all");
		topic.enqueue(TestMessage.of("a"));
		topic.enqueue(TestMessage.of("a"));
		assertThat(TestBroker.ids(subscription.source(SubQueue.NONE))).containsExactly("a");
	}

	@Test
	void deletedQueueLeavesNoTimer() {
		TestBroker.send(this.queue, "a");
		this.broker.namespace.deleteQueue("orders");
		assertThat(this.broker.timers.size()).isZero();
	}

}
