package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.SubQueue;
import dev.servicebus.client.admin.AdministrationClient;
import dev.servicebus.client.admin.MessageCounts;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.QueueRuntimeProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.SubscriptionRuntimeProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application reads and changes through its administration client, with the
 * emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AdministrationFeaturesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class));

	@Test
	void entitiesAreListed() {
		run((admin, template) -> {
			admin.queues().create(QueueProperties.of("orders"));
			admin.queues().create(QueueProperties.of("invoices"));
			admin.topics().create(TopicProperties.of("events"));
			admin.subscriptions("events").create(SubscriptionProperties.of("audit"));
			assertThat(admin.queues().list().map(QueueProperties::name)).containsExactlyInAnyOrder("orders",
					"invoices");
			assertThat(admin.topics().list().map(TopicProperties::name)).containsExactly("events");
			assertThat(admin.subscriptions("events").listAsync()).succeedsWithin(PATIENCE)
				.satisfies((subscriptions) -> assertThat(subscriptions).extracting(SubscriptionProperties::name)
					.containsExactly("audit"));
			assertThat(admin.queues().listRuntimeProperties().map(QueueRuntimeProperties::name))
				.containsExactlyInAnyOrder("orders", "invoices");
		});
	}

	@Test
	void countsOfMessagesAreRead() {
		run((admin, template) -> {
			admin.queues().create(QueueProperties.of("orders"));
			template.sendAll("orders", List.of("a", "b", "c"));
			template.schedule("orders", "later", OffsetDateTime.now().plusDays(1));
			template.receiveMessages("orders", 1, PATIENCE).get(0).deadLetter("Test", "to count");
			QueueRuntimeProperties orders = admin.queues().runtimeProperties("orders");
			assertThat(orders.counts()).isEqualTo(new MessageCounts(4, 2, 1, 1, 0, 0));
			assertThat(orders.sizeInBytes()).isPositive();
			assertThat(orders.accessedAt()).isNotNull();

			admin.topics().create(TopicProperties.of("events"));
			admin.subscriptions("events").create(SubscriptionProperties.of("audit"));
			template.send("events", "happened");
			assertThat(admin.subscriptions("events").runtimePropertiesAsync("audit")).succeedsWithin(PATIENCE)
				.extracting(SubscriptionRuntimeProperties::counts)
				.isEqualTo(new MessageCounts(1, 1, 0, 0, 0, 0));
			assertThat(admin.topics().runtimeProperties("events").subscriptionCount()).isOne();
		});
	}

	@Test
	void rulesDecideWhatASubscriptionGets() {
		run((admin, template) -> {
			admin.topics().create(TopicProperties.of("events"));
			admin.subscriptions("events").create(SubscriptionProperties.of("large"));
			admin.rules("events", "large").create(RuleProperties.of("size", RuleFilter.sql("size > 5")));
			admin.rules("events", "large").delete(RuleProperties.DEFAULT_RULE);
			assertThat(admin.rules("events", "large").list()).singleElement()
				.satisfies((rule) -> assertThat(rule.filter()).isEqualTo(RuleFilter.sql("size > 5")));
			template.send("events", "small", Map.of("size", 1));
			template.send("events", "large", Map.of("size", 9));
			assertThat(template.receive("events/Subscriptions/large", String.class, PATIENCE)).isEqualTo("large");
			assertThat(admin.subscriptions("events").runtimeProperties("large").counts().total()).isZero();
		});
	}

	@Test
	void deadLetterQueueIsPurged() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.sendAll("orders", IntStream.range(0, 600).mapToObj(String::valueOf).toList());
			template.receiveMessages("orders", 1, PATIENCE).get(0).deadLetter("Test", "to purge");
			MessagingClient client = context.getBean(MessagingClient.class);
			OffsetDateTime soon = OffsetDateTime.now().plusMinutes(1);
			try (ServiceBusReceiver dead = client
				.receiver(ReceiverOptions.queue("orders").withSubQueue(SubQueue.DEAD_LETTER));
					ServiceBusReceiver receiver = client.receiver(ReceiverOptions.queue("orders"))) {
				assertThat(dead.purge(soon)).isOne();
				assertThat(receiver.purge(soon)).isEqualTo(599);
				assertThat(receiver.purge(soon)).isZero();
			}
			assertThat(
					context.getBean(AdministrationClient.class).queues().runtimeProperties("orders").counts().total())
				.isZero();
		});
	}

	private void run(BiConsumer<AdministrationClient, ServiceBusTemplate> test) {
		this.runner.run((context) -> test.accept(context.getBean(AdministrationClient.class),
				context.getBean(ServiceBusTemplate.class)));
	}

}
