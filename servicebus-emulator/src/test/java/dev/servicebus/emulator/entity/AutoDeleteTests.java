package dev.servicebus.emulator.entity;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class AutoDeleteTests {

	private static final EntityOptions IDLE_FIVE_MINUTES = EntityOptions.builder()
		.autoDeleteOnIdle(Duration.ofMinutes(5))
		.build();

	private final TestBroker broker = new TestBroker();

	private final Namespace namespace = this.broker.namespace;

	@Test
	void unusedQueueGoesAway() {
		this.namespace.createQueue("orders", IDLE_FIVE_MINUTES);
		this.broker.advance(Duration.ofMinutes(5).minusMillis(1));
		assertThat(this.namespace.findQueue("orders")).isNotNull();
		this.broker.advance(Duration.ofMillis(1));
		assertThat(this.namespace.findQueue("orders")).isNull();
		assertThat(this.broker.timers.size()).isZero();
	}

	@Test
	void sendingAndReceivingAreUses() {
		Queue queue = this.namespace.createQueue("orders", IDLE_FIVE_MINUTES);
		this.broker.advance(Duration.ofMinutes(4));
		TestBroker.send(queue, "a");
		this.broker.advance(Duration.ofMinutes(4));
		queue.source(SubQueue.NONE).peek(0, 1);
		this.broker.advance(Duration.ofMinutes(4));
		assertThat(this.namespace.findQueue("orders")).isSameAs(queue);
		this.broker.advance(Duration.ofMinutes(1));
		assertThat(this.namespace.findQueue("orders")).isNull();
	}

	@Test
	void queueWithConsumerIsInUse() {
		Queue queue = this.namespace.createQueue("orders", IDLE_FIVE_MINUTES);
		TestConsumer consumer = TestConsumer.peekLock(queue.source(SubQueue.NONE));
		this.broker.advance(Duration.ofMinutes(20));
		consumer.registration.cancel();
		assertThat(this.namespace.findQueue("orders")).isNotNull();
		this.broker.advance(Duration.ofMinutes(5));
		assertThat(this.namespace.findQueue("orders")).isNull();
		assertThat(consumer.reason).isNull();
	}

	@Test
	void forwardingQueueStays() {
		this.namespace.createQueue("orders", IDLE_FIVE_MINUTES.mutate().forwardTo("next").build());
		this.broker.advance(Duration.ofDays(1));
		assertThat(this.namespace.findQueue("orders")).isNotNull();
	}

	@Test
	void unusedSubscriptionGoesAwayAndItsTopicStays() {
		Topic topic = this.namespace.createTopic("news");
		topic.createSubscription("all", IDLE_FIVE_MINUTES);
		this.broker.advance(Duration.ofMinutes(5));
		assertThat(topic.subscriptions()).isEmpty();
		assertThat(this.namespace.findTopic("news")).isSameAs(topic);
	}

	@Test
	void optionsSwitchTheWatch() {
		Queue queue = this.namespace.createQueue("orders");
		queue.update(IDLE_FIVE_MINUTES);
		this.broker.advance(Duration.ofMinutes(1));
		queue.update(EntityOptions.DEFAULTS);
		this.broker.advance(Duration.ofDays(1));
		assertThat(this.namespace.findQueue("orders")).isSameAs(queue);
		assertThat(this.broker.timers.size()).isZero();
	}

}
