package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.servicebus.emulator.delivery.DeliveryContext;
import dev.servicebus.emulator.delivery.LockTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class EntityTimesTests {

	private final TestBroker broker = new TestBroker();

	@Test
	void entityRemembersWhenItCameIntoBeing() {
		Queue queue = this.broker.queue();
		Subscription subscription = topicWithSubscription();

		this.broker.advance(Duration.ofMinutes(1));

		assertThat(queue.times()).isEqualTo(new EntityTimes(TestBroker.START, TestBroker.START, null));
		assertThat(subscription.times()).isEqualTo(new EntityTimes(TestBroker.START, TestBroker.START, null));
	}

	@Test
	void updateIsNoAccess() {
		Queue queue = this.broker.queue();
		this.broker.advance(Duration.ofSeconds(1));

		queue.update(queue.options().mutate().userMetadata("note").build());

		assertThat(queue.times()).isEqualTo(new EntityTimes(TestBroker.START, TestBroker.START.plusSeconds(1), null));
	}

	@Test
	void useIsAnAccess() {
		Queue queue = this.broker.queue();
		this.broker.advance(Duration.ofSeconds(2));
		Instant used = this.broker.now();

		TestBroker.send(queue, "a");
		this.broker.advance(Duration.ofSeconds(1));

		assertThat(queue.times().accessedAt()).isEqualTo(used);
	}

	@Test
	void namespaceTellsOfEveryDeletion() {
		List<String> deleted = new ArrayList<>();
		Namespace namespace = new Namespace(NamespaceOptions.DEFAULTS,
				new DeliveryContext(this.broker.timers, new LockTokens(new Random(42))), deleted::add);
		namespace.createQueue("deleted");
		namespace.createTopic("news");
		namespace.createQueue("idle", EntityOptions.builder().autoDeleteOnIdle(Duration.ofMinutes(5)).build());

		namespace.deleteQueue("deleted");
		namespace.deleteTopic("news");
		this.broker.advance(Duration.ofMinutes(5));

		assertThat(deleted).containsExactly("deleted", "news", "idle");
	}

	private Subscription topicWithSubscription() {
		return this.broker.namespace.createTopic("news").createSubscription("all", EntityOptions.DEFAULTS);
	}

}
