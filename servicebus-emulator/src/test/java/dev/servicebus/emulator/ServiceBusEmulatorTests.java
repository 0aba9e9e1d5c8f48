package dev.servicebus.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.simulation.SimulatedNetwork;
import dev.servicebus.amqp.transport.BindFailedException;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.RuleDefinition;
import dev.servicebus.emulator.rule.TrueFilter;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ServiceBusEmulatorTests {

	private static final EntityOptions SESSIONS = EntityOptions.builder().requiresSession(true).build();

	private static final EntityOptions TWICE = EntityOptions.builder().maxDeliveryCount(2).build();

	private static final RuleDefinition RED = RuleDefinition.sql("red", "color = 'red'");

	@Test
	void startsOnAFreePortAndSaysHowToConnect() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().queue("orders").build().start()) {
			assertThat(emulator.port()).isPositive();
			assertThat(emulator.connectionString()).isEqualTo("Endpoint=sb://localhost:" + emulator.port()
					+ ";SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE"
					+ ";UseDevelopmentEmulator=true");
			assertThat(emulator.queues()).containsExactly("orders");
		}
	}

	@Test
	void twoEmulatorsLiveSideBySide() {
		try (ServiceBusEmulator one = ServiceBusEmulator.builder().build().start();
				ServiceBusEmulator two = ServiceBusEmulator.builder().build().start()) {
			assertThat(one.port()).isNotEqualTo(two.port());
		}
	}

	@Test
	void takenPortIsReported() {
		try (ServiceBusEmulator first = ServiceBusEmulator.builder().build().start()) {
			ServiceBusEmulator second = ServiceBusEmulator.builder().port(first.port()).build();
			assertThatThrownBy(second::start).isInstanceOf(BindFailedException.class)
				.hasMessageContaining(String.valueOf(first.port()));
			assertThatIllegalStateException().isThrownBy(second::port);
		}
	}

	@Test
	void closedEmulatorCannotBeUsed() {
		ServiceBusEmulator emulator = ServiceBusEmulator.builder().build().start();
		emulator.close();
		emulator.close();
		assertThatIllegalStateException().isThrownBy(emulator::connectionString).withMessageContaining("closed");
		assertThatIllegalStateException().isThrownBy(emulator::start);
	}

	@Test
	void queuesAreCreatedAndDeleted() {
		try (ServiceBusEmulator emulator = simulated().build().start()) {
			EntityOptions options = EntityOptions.builder().maxDeliveryCount(3).build();
			assertThat(emulator.createQueue("a/b", options).options()).isEqualTo(options);
			assertRefused(BrokerError.ENTITY_ALREADY_EXISTS, () -> emulator.createQueue("A/B"));
			emulator.deleteQueue("a/b");
			assertRefused(BrokerError.ENTITY_NOT_FOUND, () -> emulator.deleteQueue("a/b"));
			assertRefused(BrokerError.ENTITY_NOT_FOUND, emulator.queue("a/b")::counts);
		}
	}

	@Test
	void resetBringsTheConfiguredQueuesBack() {
		try (ServiceBusEmulator emulator = simulated().queue("kept").queue("deleted", SESSIONS).build().start()) {
			emulator.queue("kept").update(EntityOptions.builder().maxDeliveryCount(99).build());
			emulator.deleteQueue("deleted");
			emulator.createQueue("deleted");
			emulator.createQueue("later");
			emulator.reset();
			assertThat(emulator.queues()).containsExactly("deleted", "kept");
			assertThat(emulator.queue("kept").options()).isEqualTo(EntityOptions.DEFAULTS);
			assertThat(emulator.queue("deleted").options()).isEqualTo(SESSIONS);
		}
	}

	@Test
	void topicsAndSubscriptionsAreCreatedAndDeleted() {
		try (ServiceBusEmulator emulator = simulated().build().start()) {
			emulator.createTopic("news");
			SubscriptionView all = emulator.createSubscription("News", "all");
			SubscriptionView red = emulator.createSubscription("news", "red", SESSIONS, RED);
			assertThat(emulator.topics()).containsExactly("news");
			assertThat(emulator.topic("NEWS").subscriptions()).containsExactly("all", "red");
			assertThat(all.rules()).extracting(Rule::name).containsExactly(Rule.DEFAULT_NAME);
			assertThat(red.rules()).extracting(Rule::name).containsExactly("red");
			assertThat(red.options()).isEqualTo(SESSIONS);
			assertThat(red.sessions()).isEmpty();
			assertRefused(BrokerError.NOT_ALLOWED, all::sessions);
			assertRefused(BrokerError.ENTITY_ALREADY_EXISTS, () -> emulator.createQueue("NEWS"));
			assertRefused(BrokerError.ENTITY_ALREADY_EXISTS,
					() -> emulator.createSubscription("news", "bad", RED, RED));
			assertRefused(BrokerError.ENTITY_NOT_FOUND, emulator.subscription("news", "bad")::counts);
			emulator.deleteSubscription("news", "all");
			assertRefused(BrokerError.ENTITY_NOT_FOUND, all::counts);
			emulator.deleteTopic("news");
			assertRefused(BrokerError.ENTITY_NOT_FOUND, red::counts);
		}
	}

	@Test
	void resetBringsConfiguredTopicsBackWithTheirRules() {
		try (ServiceBusEmulator emulator = simulated().topic("news", TWICE)
			.subscription("news", "kept", RED)
			.subscription("news", "deleted", SESSIONS)
			.subscription("implied", "all")
			.build()
			.start()) {
			SubscriptionView kept = emulator.subscription("news", "kept");
			kept.removeRule("red");
			kept.addRule(RuleDefinition.of("all", new TrueFilter()));
			emulator.deleteSubscription("news", "deleted");
			emulator.createSubscription("news", "deleted");
			emulator.createSubscription("news", "later");
			emulator.deleteTopic("implied");
			emulator.createQueue("implied");
			emulator.createTopic("later");
			emulator.reset();
			assertThat(emulator.queues()).isEmpty();
			assertThat(emulator.topics()).containsExactly("implied", "news");
			assertThat(emulator.topic("news").options()).isEqualTo(TWICE);
			assertThat(emulator.topic("news").subscriptions()).containsExactly("deleted", "kept");
			assertThat(kept.rules()).extracting(Rule::name).containsExactly("red");
			assertThat(emulator.subscription("news", "deleted").options()).isEqualTo(SESSIONS);
			assertThat(emulator.subscription("implied", "all").options()).isEqualTo(EntityOptions.DEFAULTS);
		}
	}

	@Test
	void defaultOptionsHoldForEntitiesWithoutOptions() {
		try (ServiceBusEmulator emulator = simulated().subscription("news", "all")
			.queue("orders")
			.defaultEntityOptions(TWICE)
			.build()
			.start()) {
			assertThat(emulator.queue("orders").options()).isEqualTo(TWICE);
			assertThat(emulator.topic("news").options()).isEqualTo(TWICE);
			assertThat(emulator.subscription("news", "all").options()).isEqualTo(TWICE);
		}
	}

	@Test
	void clockMovesForwardOnly() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().build().start()) {
			Instant before = emulator.clock().instant();
			emulator.clock().advance(Duration.ofDays(2));
			assertThat(emulator.clock().instant()).isBetween(before.plus(Duration.ofDays(2)),
					before.plus(Duration.ofDays(2)).plusSeconds(30));
			assertThatIllegalArgumentException().isThrownBy(() -> emulator.clock().advance(Duration.ofSeconds(-1)));
		}
	}

	@Test
	void clockCanStartAnywhere() {
		Instant start = Instant.parse("2030-01-01T00:00:00Z");
		try (ServiceBusEmulator emulator = simulated().clock(() -> start).build().start()) {
			emulator.clock().advance(Duration.ofSeconds(1));
			assertThat(emulator.clock().instant()).isEqualTo(start.plusSeconds(1));
		}
	}

	@Test
	void publicKeyAndAnonymousAccessStayOnThisMachine() {
		ServiceBusEmulatorBuilder open = ServiceBusEmulator.builder().host("0.0.0.0");
		assertThatIllegalArgumentException().isThrownBy(open::build).withMessageContaining("0.0.0.0");
		open.rule(AuthorizationRule.allRights("mine", "a-key-of-my-own")).build();
		assertThatIllegalArgumentException().isThrownBy(open.anonymous()::build);
	}

	@Test
	void keysDoNotShowInTexts() {
		AuthorizationRule rule = AuthorizationRule.allRights("mine", "a-key-of-my-own");
		try (ServiceBusEmulator emulator = simulated().rule(rule).build().start()) {
			assertThat(emulator.toString()).doesNotContain(rule.primaryKey());
			assertThat(emulator.connectionString()).contains("SharedAccessKeyName=mine;");
		}
	}

	private static ServiceBusEmulatorBuilder simulated() {
		return ServiceBusEmulator.builder().network(SimulatedNetwork.orderly());
	}

	private static void assertRefused(BrokerError error, Runnable call) {
		assertThatThrownBy(call::run).isInstanceOfSatisfying(BrokerException.class,
				(ex) -> assertThat(ex.error()).isEqualTo(error));
	}

}
