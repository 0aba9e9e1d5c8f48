package dev.servicebus.emulator.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.servicebus.emulator.delivery.DeliveryContext;
import dev.servicebus.emulator.delivery.LockTokens;
import dev.servicebus.emulator.store.BrokerError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class NamespaceTests {

	private final TestBroker broker = new TestBroker();

	private final Namespace namespace = this.broker.namespace;

	@Test
	void pathsCompareWithoutCaseAndKeepTheirs() {
		Queue queue = this.namespace.createQueue("Orders/New");
		assertThat(this.namespace.queue("orders/new")).isSameAs(queue);
		assertThat(queue.path()).isEqualTo("Orders/New");
		assertThat(this.namespace.source(EntityAddress.parse("ORDERS/NEW/$deadLetterQueue")).path())
			.isEqualTo("Orders/New/$DeadLetterQueue");
		assertThat(this.namespace.target(EntityAddress.parse("sb://localhost/orders/NEW/$management"))).isSameAs(queue);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "Z9", "orders.new", "a-b_c~d/e", "1" })
	void validPathsAreTaken(String path) {
		assertThat(this.namespace.createQueue(path).path()).isEqualTo(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "-a", "a-", "/a", "a/", "a b", "a@b", "a?b", "a#b", "a*b", "a$b", "ä",
			"t/subscriptions/s", "Subscriptions/s", "a\n" })
	void invalidPathsAreRefused(String path) {
		TestBroker.assertRefused(BrokerError.ARGUMENT_ERROR, () -> this.namespace.createQueue(path));
	}

	@Test
	void pathHasAtMost260Characters() {
		this.namespace.createQueue("a".repeat(260));
		TestBroker.assertRefused(BrokerError.ARGUMENT_ERROR, () -> this.namespace.createQueue("a".repeat(261)));
	}

	@Test
	void nameCanBeTakenOnlyOnce() {
		this.namespace.createQueue("orders");
		assertThat(
				TestBroker.assertRefused(BrokerError.ENTITY_ALREADY_EXISTS, () -> this.namespace.createQueue("ORDERS")))
			.hasMessageContaining("sb://localhost/ORDERS");
	}

	@Test
	void missingEntityIsNamedInTheWordsThatClientsKnow() {
		String text = "The messaging entity 'sb://localhost/nowhere/$DeadLetterQueue' could not be found.";
		assertThat(TestBroker.assertRefused(BrokerError.ENTITY_NOT_FOUND,
				() -> this.namespace.source(EntityAddress.parse("nowhere/$deadletterqueue"))))
			.hasMessage(text);
		TestBroker.assertRefused(BrokerError.ENTITY_NOT_FOUND, () -> this.namespace.deleteQueue("nowhere"));
		TestBroker.assertRefused(BrokerError.ENTITY_NOT_FOUND, () -> this.namespace.queue("nowhere"));
		assertThat(this.namespace.findQueue("nowhere")).isNull();
	}

	@Test
	void subQueueIsNoTarget() {
		this.namespace.createQueue("orders");
		TestBroker.assertRefused(BrokerError.NOT_ALLOWED,
				() -> this.namespace.target(EntityAddress.parse("orders/$deadletterqueue")));
	}

	@Test
	void deletedQueueCanBeCreatedAgainAndIsEmpty() {
		TestBroker.send(this.namespace.createQueue("orders"), "a");
		this.namespace.deleteQueue("orders");
		assertThat(this.namespace.queues()).isEmpty();
		assertThat(this.namespace.createQueue("orders").counts().active()).isZero();
	}

	@Test
	void sendersOfADeletedQueueAreToldOnce() {
		Queue queue = this.namespace.createQueue("orders");
		List<BrokerError> told = new ArrayList<>();
		queue.register((reason) -> told.add(reason.error()));
		queue.register((reason) -> told.add(reason.error())).cancel();
		this.namespace.deleteQueue("orders");
		this.namespace.createQueue("orders");
		this.namespace.deleteQueue("orders");
		assertThat(told).containsExactly(BrokerError.ENTITY_NOT_FOUND);
	}

	@Test
	void missingEntityIsCreatedOnlyIfTheNamespaceSaysSo() {
		EntityOptions options = EntityOptions.builder().maxDeliveryCount(3).build();
		Namespace creating = new Namespace(
				NamespaceOptions.DEFAULTS.withName("test")
					.withMissingEntities(MissingEntities.CREATE)
					.withDefaultOptions(options),
				new DeliveryContext(this.broker.timers, new LockTokens(new Random(1))));
		assertThat(creating.source(EntityAddress.parse("orders/$deadletterqueue")).path())
			.isEqualTo("orders/$DeadLetterQueue");
		assertThat(creating.queue("orders").options()).isEqualTo(options);
		assertThat(creating.source(EntityAddress.parse("t/subscriptions/s")).path()).isEqualTo("t/Subscriptions/s");
		assertThat(creating.source(EntityAddress.parse("T/Subscriptions/other")).path())
			.isEqualTo("t/Subscriptions/other");
		assertThat(creating.topic("t").options()).isEqualTo(options);
		assertThat(creating.topic("t").subscription("s").options()).isEqualTo(options);
		assertThat(creating.target(EntityAddress.parse("t")).path()).isEqualTo("t");
		TestBroker.assertRefused(BrokerError.ENTITY_NOT_FOUND,
				() -> creating.source(EntityAddress.parse("orders/subscriptions/s")));
		TestBroker.assertRefused(BrokerError.ENTITY_NOT_FOUND,
				() -> creating.target(EntityAddress.parse("$management")));
	}

}
