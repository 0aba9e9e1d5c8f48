package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.client.admin.AdministrationClient;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.template.ServiceBusTemplate;
import dev.servicebus.topology.SubscriptionDeclaration;
import dev.servicebus.topology.Topology;
import dev.servicebus.topology.TopologyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The entities that an application needs are there before it uses them.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TopologyTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class));

	private final ApplicationContextRunner creating = this.runner.withPropertyValues("servicebus.topology.mode=create",
			"servicebus.emulator.auto-create=false");

	private final ApplicationContextRunner validating = this.runner
		.withPropertyValues("servicebus.topology.mode=validate", "servicebus.emulator.auto-create=false");

	@Test
	void declaredEntitiesAreCreatedBeforeListenersStart() {
		this.creating.withUserConfiguration(Shop.class)
			.withBean(Listeners.class)
			.withPropertyValues("servicebus.listener.startup-policy=fail")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				AdministrationClient admin = context.getBean(AdministrationClient.class);
				assertThat(admin.queues().get("orders").maxDeliveryCount()).isEqualTo(3);
				assertThat(admin.queues().get("orders").forwardDeadLetteredMessagesTo()).isEqualTo("graveyard");
				assertThat(admin.queues().exists("graveyard")).isTrue();
				assertThat(admin.topics().get("events").duplicateDetectionRequired()).isTrue();
				assertThat(admin.rules("events", "large").list().map(RuleProperties::name))
					.containsExactlyInAnyOrder("size", "urgent");
				assertThat(admin.rules("events", "audit").list().map(RuleProperties::name))
					.containsExactly(RuleProperties.DEFAULT_RULE);
			});
	}

	@Test
	void entitiesThatListenersNameAreCreatedAsTheyNeedThem() {
		this.creating.withBean(Listeners.class)
			.withPropertyValues("servicebus.listener.startup-policy=fail")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				AdministrationClient admin = context.getBean(AdministrationClient.class);
				assertThat(admin.queues().get("baskets").sessionRequired()).isTrue();
				assertThat(admin.queues().get("orders").sessionRequired()).isFalse();
				assertThat(admin.queues().exists("audit-retry")).isTrue();
				assertThat(admin.subscriptions("events").exists("audit")).isTrue();
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				template.to("baskets").body("apple").sessionId("7").send();
				assertThat(template.receive("audit-retry", String.class, PATIENCE)).isEqualTo("apple");
			});
	}

	@Test
	void listenersInOtherNamespacesBringNothing() {
		try (ServiceBusEmulator eu = ServiceBusEmulator.builder().queue("bills").build().start()) {
			this.creating.withBean(TwoNamespaceListeners.class)
				.withPropertyValues("servicebus.namespaces.eu.connection-string=" + eu.connectionString())
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(context.getBean(ServiceBusEmulator.class).queues()).containsExactly("orders");
				});
		}
	}

	@Test
	void secondInstanceFindsWhatTheFirstHasCreated() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().build().start()) {
			ApplicationContextRunner instance = this.creating.withUserConfiguration(Shop.class)
				.withPropertyValues("servicebus.connection-string=" + emulator.connectionString());
			instance.run((first) -> {
				assertThat(first).hasNotFailed();
				instance.run((second) -> assertThat(second).hasNotFailed());
			});
			instance.withPropertyValues("servicebus.topology.mode=validate")
				.run((third) -> assertThat(third).hasNotFailed());
		}
	}

	@Test
	void missingEntitiesAreNamedAllAtOnce() {
		this.validating.withUserConfiguration(Shop.class).withBean(Listeners.class).run((context) -> {
			assertThat(problems(context)).contains("topic 'events' does not exist", "queue 'orders' does not exist",
					"queue 'graveyard' does not exist", "queue 'baskets' does not exist",
					"subscription 'events/Subscriptions/large' does not exist");
			assertThat(analysis(context).getDescription()).contains("  - queue 'orders' does not exist");
			assertThat(analysis(context).getAction()).contains("servicebus.topology.mode=create");
		});
	}

	@Test
	void differencesAreNamedAndNothingIsChanged() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder()
			.queue("orders")
			.queue("baskets")
			.build()
			.start()) {
			ApplicationContextRunner instance = this.creating
				.withPropertyValues("servicebus.connection-string=" + emulator.connectionString());
			instance.withUserConfiguration(Shop.class)
				.withBean(Listeners.class)
				.run((context) -> assertThat(problems(context)).containsExactlyInAnyOrder(
						"queue 'orders' is different: forwardDeadLetteredMessagesTo is null but declared as graveyard, "
								+ "maxDeliveryCount is 10 but declared as 3",
						"queue 'baskets' is different: sessionRequired is false but declared as true"));
			instance.run((context) -> assertThat(
					context.getBean(AdministrationClient.class).queues().get("orders").maxDeliveryCount())
				.isEqualTo(10));
		}
	}

	@Test
	void rulesThatAreMissingDifferentOrTooManyAreNamed() {
		RuleProperties size = RuleProperties.of("size", RuleFilter.sql("size > 5"));
		RuleProperties urgent = RuleProperties.of("urgent", RuleFilter.correlation().subject("urgent").build());
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().topic("events").build().start()) {
			ApplicationContextRunner instance = this.validating
				.withPropertyValues("servicebus.connection-string=" + emulator.connectionString());
			instance.run((context) -> {
				AdministrationClient admin = context.getBean(AdministrationClient.class);
				admin.subscriptions("events").create(SubscriptionProperties.of("large"));
				admin.rules("events", "large").create(RuleProperties.of("size", RuleFilter.sql("size > 7")));
			});
			instance.withBean(Topology.class, () -> Topology.EMPTY.withSubscription("events", "large", size, urgent))
				.run((context) -> assertThat(problems(context)).satisfiesExactlyInAnyOrder(
						(problem) -> assertThat(problem).startsWith(
								"rule 'size' of subscription 'events/Subscriptions/large' is different: filter is"),
						(problem) -> assertThat(problem)
							.isEqualTo("rule 'urgent' of subscription 'events/Subscriptions/large' does not exist"),
						(problem) -> assertThat(problem).isEqualTo(
								"rule '$Default' of subscription 'events/Subscriptions/large' is not declared")));
		}
	}

	@Test
	void whatIsDeclaredAsByDefaultMayBeDifferent() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().build().start()) {
			ApplicationContextRunner instance = this.runner
				.withPropertyValues("servicebus.connection-string=" + emulator.connectionString());
			instance.run((context) -> context.getBean(AdministrationClient.class)
				.queues()
				.create(QueueProperties.builder("Orders").lockDuration(Duration.ofSeconds(30)).build()));
			instance.withPropertyValues("servicebus.topology.mode=validate")
				.withBean(Topology.class, () -> Topology.EMPTY.withQueue("orders"))
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Test
	void applicationWithoutTheRightToManageIsToldSo() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().queue("orders").build().start()) {
			this.validating
				.withPropertyValues("servicebus.connection-string="
						+ emulator.connectionString().replace("SAS_KEY_VALUE", "another"))
				.withBean(Topology.class, () -> Topology.EMPTY.withQueue("orders"))
				.run((context) -> {
					assertThat(problems(context)).singleElement()
						.asString()
						.startsWith("queue 'orders' cannot be read");
					assertThat(analysis(context).getAction()).startsWith("Give the application the right to manage");
				});
		}
	}

	@Test
	void nothingIsDoneByDefault() {
		this.runner.withUserConfiguration(Shop.class).run((context) -> {
			assertThat(context.getBean(ServiceBusEmulator.class).queues()).isEmpty();
			assertThat(context.getBeanFactory().containsSingleton("serviceBusAdministrationClient")).isFalse();
		});
	}

	private static Iterable<String> problems(AssertableApplicationContext context) {
		return exception(context).problems().stream().map(Object::toString).toList();
	}

	private static FailureAnalysis analysis(AssertableApplicationContext context) {
		return new TopologyFailureAnalyzer().analyze(context.getStartupFailure());
	}

	private static TopologyException exception(AssertableApplicationContext context) {
		Throwable failure = context.getStartupFailure();
		while (failure != null && !(failure instanceof TopologyException)) {
			failure = failure.getCause();
		}
		assertThat(failure).isInstanceOf(TopologyException.class);
		return (TopologyException) failure;
	}

	@Configuration(proxyBeanMethods = false)
	static class Shop {

		@Bean
		QueueProperties orders() {
			return QueueProperties.builder("orders")
				.maxDeliveryCount(3)
				.forwardDeadLetteredMessagesTo("graveyard")
				.build();
		}

		@Bean
		TopicProperties events() {
			return TopicProperties.builder("events").duplicateDetectionRequired(true).build();
		}

		@Bean
		SubscriptionDeclaration large() {
			return SubscriptionDeclaration.of("events", "large")
				.withRules(RuleProperties.of("size", RuleFilter.sql("size > 5")),
						RuleProperties.of("urgent", RuleFilter.correlation().subject("urgent").build()));
		}

		@Bean
		Topology others() {
			return Topology.EMPTY.withQueue("graveyard").withSubscription("events", "audit");
		}

	}

	static class TwoNamespaceListeners {

		@ServiceBusListener(queue = "orders")
		void order(String order) {
		}

		@ServiceBusListener(queue = "bills", namespace = "eu")
		void bill(String bill) {
		}

	}

	static class Listeners {

		private final ServiceBusTemplate template;

		Listeners(ServiceBusTemplate template) {
			this.template = template;
		}

		@ServiceBusListener(queue = "orders")
		void order(String order) {
		}

		@ServiceBusListener(queue = "baskets", sessions = "true")
		void basket(String item) {
			this.template.send("audit-retry", item);
		}

		@ServiceBusListener(topic = "events", subscription = "audit", properties = "retryQueue=audit-retry",
				autoStartup = "false")
		void audit(String event) {
		}

		@ServiceBusListener(queue = "baskets", subQueue = "dead-letter", autoStartup = "false")
		void deadBasket(String item) {
		}

	}

}
