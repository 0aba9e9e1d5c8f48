package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.template.MessageDestination;
import dev.servicebus.template.RoutingServiceBusTemplate;
import dev.servicebus.template.ScheduledMessage;
import dev.servicebus.template.ServiceBusOperations;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One template over the namespaces of an application.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RoutingTemplateTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final TwoNamespaces namespaces = new TwoNamespaces(ServiceBusEmulator.builder().queue("orders").build(),
			ServiceBusEmulator.builder()
				.queue("eu-orders")
				.queue("billing", EntityOptions.builder().requiresSession(true).build())
				.subscription("eu-events", "audit")
				.build());

	@AfterEach
	void stop() {
		this.namespaces.close();
	}

	@Test
	void destinationDecidesAboutTheNamespace() {
		routing((template) -> {
			template.send("orders", "a");
			template.send("EU-Orders", "b", Map.of());
			template.sendAll("eu-orders", List.of("c"));
			template.to("eu-orders").body("d").send();
			template.sendAsync("eu-orders", "e").join();
			template.send(new EuOrder("f"));
			template.message().body(new EuOrder("g")).subject("created").timeout(PATIENCE).send();
			assertThat(this.namespaces.own.queue("orders").messages()).hasSize(1);
			assertThat(this.namespaces.eu.queue("eu-orders").messages()).hasSize(6);
			assertThat(template.receive("orders", String.class, PATIENCE)).isEqualTo("a");
			assertThat(template.peek("eu-orders", 10)).hasSize(6);
			assertThat(template.receiveMany("eu-orders", String.class, 4, PATIENCE)).containsExactly("b", "c", "d",
					"e");
		});
	}

	@Test
	void subQueuesAndSubscriptionsFollowTheirEntities() {
		routing((template) -> {
			template.send("eu-events", "x");
			template.receiveMessages("eu-events/Subscriptions/audit", 1, PATIENCE).get(0).deadLetter("r", "d");
			assertThat(template.receive("eu-events/Subscriptions/audit/$DeadLetterQueue", String.class, PATIENCE))
				.isEqualTo("x");
			template.setSessionState("billing", "7", "paid");
			assertThat(template.getSessionState("billing", "7", String.class)).isEqualTo("paid");
		});
	}

	@Test
	void scheduledMessagesAreFoundAgain() {
		routing((template) -> {
			OffsetDateTime time = OffsetDateTime.parse("2090-01-02T03:04:05Z");
			ScheduledMessage scheduled = template.schedule("eu-orders", "x", time);
			template.cancel(template.move(scheduled, time.plusDays(1)));
			assertThat(this.namespaces.eu.queue("eu-orders").messages()).isEmpty();
		});
	}

	@Test
	void transactionIsOneOfTheOwnNamespace() {
		routing((template) -> {
			template.executeInTransaction((operations) -> operations.send("orders", "x"));
			assertThat(this.namespaces.own.queue("orders").messages()).hasSize(1);
		});
	}

	@Test
	void withoutPatternsThereIsNoRouting() {
		this.namespaces.runner().run((context) -> {
			assertThat(context).doesNotHaveBean(RoutingServiceBusTemplate.class);
			assertThat(context.getBean(ServiceBusOperations.class))
				.isSameAs(context.getBean("serviceBusTemplate", ServiceBusTemplate.class));
		});
	}

	private void routing(Use use) {
		this.namespaces.runner()
			.withPropertyValues("servicebus.namespaces.eu.destinations=eu-*,billing")
			.run((context) -> {
				ServiceBusOperations template = context.getBeanProvider(ServiceBusOperations.class).getObject();
				assertThat(template).isInstanceOf(RoutingServiceBusTemplate.class);
				use.with(template);
			});
	}

	interface Use {

		void with(ServiceBusOperations template);

	}

	@MessageDestination("eu-orders")
	record EuOrder(String id) {

	}

}
