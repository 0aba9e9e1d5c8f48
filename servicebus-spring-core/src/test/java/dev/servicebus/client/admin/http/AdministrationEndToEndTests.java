package dev.servicebus.client.admin.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.servicebus.client.MessagingEntityAlreadyExistsException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusAuthorizationException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.admin.AccessRight;
import dev.servicebus.client.admin.AuthorizationRule;
import dev.servicebus.client.admin.EntityStatus;
import dev.servicebus.client.admin.MessageCounts;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.SubscriptionRuntimeProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.rule.RuleAction;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Both clients against the emulator, over real sockets.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AdministrationEndToEndTests {

	private static ServiceBusEmulator emulator;

	private static ServiceBusAdministrationClient admin;

	private static ServiceBusClient client;

	@BeforeAll
	static void start() {
		emulator = ServiceBusEmulator.builder().build().start();
		admin = ServiceBusAdministrationClient.builder().connectionString(emulator.connectionString()).build();
		client = ServiceBusClient.builder().connectionString(emulator.connectionString()).build();
	}

	@AfterAll
	static void stop() {
		client.close();
		admin.close();
		emulator.close();
	}

	@AfterEach
	void deleteEverything() {
		admin.queues().list().forEach((queue) -> admin.queues().delete(queue.name()));
		admin.topics().list().forEach((topic) -> admin.topics().delete(topic.name()));
	}

	@Test
	void queueLivesFromCreateToDelete() {
		QueueProperties wanted = QueueProperties.builder("orders")
			.lockDuration(Duration.ofSeconds(30))
			.defaultMessageTimeToLive(Duration.ofDays(2))
			.deadLetteringOnMessageExpiration(true)
			.maxDeliveryCount(3)
			.userMetadata("for <tests> & such")
			.build();

		QueueProperties created = admin.queues().create(wanted);

		assertThat(created).usingRecursiveComparison()
			.ignoringFields("maxSizeInMegabytes", "maxMessageSizeInKilobytes", "otherElements")
			.isEqualTo(wanted);
		assertThat(created.maxSizeInMegabytes()).isEqualTo(1024);
		assertThat(admin.queues().get("ORDERS")).usingRecursiveComparison().ignoringFields("name").isEqualTo(created);
		assertThat(admin.queues().exists("orders")).isTrue();
		assertThatExceptionOfType(MessagingEntityAlreadyExistsException.class)
			.isThrownBy(() -> admin.queues().create(wanted))
			.withMessageContaining("orders")
			.withMessageContaining("409");

		QueueProperties updated = admin.queues()
			.update(created.mutate().status(EntityStatus.SEND_DISABLED).maxDeliveryCount(7).userMetadata(null).build());
		assertThat(updated.status()).isEqualTo(EntityStatus.SEND_DISABLED);
		assertThat(updated.maxDeliveryCount()).isEqualTo(7);
		assertThat(updated.userMetadata()).isNull();
		assertThat(updated.lockDuration()).isEqualTo(Duration.ofSeconds(30));
		assertThat(updated.otherElements()).isEqualTo(created.otherElements());

		admin.queues().delete("orders");
		assertThat(admin.queues().exists("orders")).isFalse();
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> admin.queues().get("orders"));
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> admin.queues().delete("orders"));
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> admin.queues().update(created));
	}

	@Test
	void messagesThatWereSentAreCounted() {
		admin.queues().create(QueueProperties.of("orders"));
		client.sender("orders").send(ServiceBusMessage.of("one"));
		client.sender("orders").send(ServiceBusMessage.of("two"));
		client.sender("orders").schedule(ServiceBusMessage.of("later"), OffsetDateTime.now().plusHours(1));

		MessageCounts counts = admin.queues().runtimeProperties("orders").counts();

		assertThat(counts.active()).isEqualTo(2);
		assertThat(counts.scheduled()).isEqualTo(1);
		assertThat(counts.deadLetter()).isZero();
		assertThat(counts.total()).isEqualTo(3);
		assertThat(admin.queues().listRuntimeProperties()).singleElement()
			.satisfies((queue) -> assertThat(queue.counts()).isEqualTo(counts));
	}

	@Test
	void rulesDecideWhatASubscriptionGets() {
		admin.topics().create(TopicProperties.of("events"));
		admin.subscriptions("events")
			.create(SubscriptionProperties.builder("big")
				.defaultRule(RuleProperties.of("size", new RuleFilter.Sql("size > @limit", Map.of("@limit", 10))))
				.build());
		admin.subscriptions("events").create(SubscriptionProperties.of("red"));
		admin.rules("events", "red").delete(RuleProperties.DEFAULT_RULE);
		RuleProperties red = admin.rules("events", "red")
			.create(RuleProperties.of("red", RuleFilter.correlation().property("colour", "red").build())
				.withAction(RuleAction.sql("SET seen = 1")));

		send("events", Map.of("size", 5, "colour", "red"));
		send("events", Map.of("size", 50, "colour", "blue"));
		send("events", Map.of("size", 50, "colour", "red"));

		assertThat(red.createdAt()).isNotNull();
		assertThat(admin.subscriptions("events").listRuntimeProperties())
			.extracting(SubscriptionRuntimeProperties::name, (subscription) -> subscription.counts().active())
			.containsExactlyInAnyOrder(tuple("big", 2L), tuple("red", 2L));
		assertThat(admin.topics().runtimeProperties("events").subscriptionCount()).isEqualTo(2);
		assertThat(receive("red").applicationProperties()).containsEntry("seen", 1L);
	}

	@Test
	void rulesAreTheSameOverBothProtocols() {
		admin.topics().create(TopicProperties.of("events"));
		admin.subscriptions("events").create(SubscriptionProperties.of("audit"));
		RuleProperties rule = RuleProperties
			.of("mixed", RuleFilter.correlation().subject("order").property("n", 5).build())
			.withAction(RuleAction.sql("SET a = 1"));

		client.rules("events", "audit").add(rule);

		List<RuleProperties> overHttp = admin.rules("events", "audit").list().toList();
		assertThat(overHttp).extracting(RuleProperties::name).containsExactlyInAnyOrder("$Default", "mixed");
		assertThat(client.rules("events", "audit").list())
			.usingRecursiveFieldByFieldElementComparatorIgnoringFields("createdAt")
			.containsExactlyInAnyOrderElementsOf(overHttp);
		RuleProperties read = admin.rules("events", "audit").get("mixed");
		assertThat(read.filter()).isEqualTo(rule.filter());
		assertThat(read.action()).isEqualTo(rule.action());
		assertThat(admin.rules("events", "audit").update(read.withAction(null)).action()).isNull();
		client.rules("events", "audit").remove("mixed");
		assertThat(admin.rules("events", "audit").exists("mixed")).isFalse();
	}

	@Test
	void forwardedMessagesArrive() {
		admin.queues().create(QueueProperties.of("archive"));
		QueueProperties queue = admin.queues()
			.create(QueueProperties.builder("forwarding").forwardTo("archive").build());
		assertThat(queue.forwardTo()).isEqualTo("archive");

		client.sender("forwarding").send(ServiceBusMessage.of("hello"));

		assertThat(admin.queues().runtimeProperties("archive").counts().active()).isEqualTo(1);
		assertThat(admin.queues().update(queue.mutate().forwardTo(null).build()).forwardTo()).isNull();
	}

	@Test
	void listOfManyQueuesHasAllOfThem() {
		List<CompletableFuture<QueueProperties>> created = IntStream.range(0, 105)
			.mapToObj((number) -> admin.queues().createAsync(QueueProperties.of("queue-%03d".formatted(number))))
			.toList();
		assertThat(created).allSatisfy((queue) -> assertThat(queue).succeedsWithin(30, TimeUnit.SECONDS));
		List<String> names = IntStream.range(0, 105).mapToObj("queue-%03d"::formatted).toList();

		assertThat(admin.queues().list().map(QueueProperties::name)).containsExactlyElementsOf(names);
		assertThat(admin.queues().list().limit(3)).hasSize(3);
		assertThat(admin.queues().listAsync()).succeedsWithin(30, TimeUnit.SECONDS)
			.satisfies((queues) -> assertThat(queues).hasSize(105));
	}

	@Test
	void keyOfAQueueOpensThisQueueOnly() {
		AuthorizationRule sender = AuthorizationRule.withNewKeys("sender", AccessRight.SEND);
		QueueProperties queue = admin.queues()
			.create(QueueProperties.builder("orders").authorizationRules(List.of(sender)).build());
		assertThat(queue.authorizationRules()).singleElement().satisfies((rule) -> {
			assertThat(rule.keyName()).isEqualTo("sender");
			assertThat(rule.rights()).containsExactly(AccessRight.SEND);
			assertThat(rule.primaryKey()).isEqualTo(sender.primaryKey());
		});
		String text = "Endpoint=sb://localhost:" + emulator.port() + ";SharedAccessKeyName=sender;SharedAccessKey="
				+ sender.primaryKey() + ";UseDevelopmentEmulator=true";
		try (ServiceBusClient other = ServiceBusClient.builder().connectionString(text).build()) {
			other.sender("orders").send(ServiceBusMessage.of("hello"));
		}
		try (ServiceBusAdministrationClient other = ServiceBusAdministrationClient.builder()
			.connectionString(text)
			.build()) {
			assertThatExceptionOfType(ServiceBusException.class).isThrownBy(() -> other.queues().get("orders"))
				.isInstanceOfAny(ServiceBusAuthorizationException.class, ServiceBusAuthenticationException.class)
				.withMessageContaining("401")
				.withMessageNotContaining(sender.primaryKey());
		}
	}

	@Test
	void wrongKeyIsRefused() {
		try (ServiceBusAdministrationClient other = ServiceBusAdministrationClient.builder()
			.connectionString("Endpoint=sb://localhost:" + emulator.port()
					+ ";SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=wrong;UseDevelopmentEmulator=true")
			.build()) {
			assertThatExceptionOfType(ServiceBusAuthenticationException.class)
				.isThrownBy(() -> other.queues().get("q"));
		}
	}

	@Test
	void topicIsNoQueue() {
		admin.topics().create(TopicProperties.of("events"));
		assertThat(admin.queues().exists("events")).isFalse();
		assertThat(admin.queues().existsAsync("events")).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo(false);
		assertThatExceptionOfType(MessagingEntityNotFoundException.class).isThrownBy(() -> admin.queues().get("events"))
			.withMessageContaining("TopicDescription");
	}

	@Test
	void httpClientOfOnesOwnSpeaksTls() {
		HttpClient http = HttpClient.newBuilder().sslContext(emulator.clientSslContext()).build();
		try (ServiceBusAdministrationClient other = ServiceBusAdministrationClient.builder()
			.connectionString(emulator.connectionString())
			.endpoint(URI.create("https://localhost:" + emulator.port()))
			.httpClient(http)
			.build()) {
			assertThat(other.queues().create(QueueProperties.of("secured")).name()).isEqualTo("secured");
		}
	}

	@Test
	void namespaceTellsItsName() {
		assertThat(admin.namespaceProperties().name()).isNotEmpty();
		assertThat(admin.namespacePropertiesAsync()).succeedsWithin(30, TimeUnit.SECONDS)
			.satisfies((namespace) -> assertThat(namespace.sku()).isNotEmpty());
	}

	@Test
	void whatTheServiceRefusesIsExplained() {
		QueueProperties queue = QueueProperties.builder("orders").lockDuration(Duration.ofHours(1)).build();
		assertThatExceptionOfType(ServiceBusException.class).isThrownBy(() -> admin.queues().create(queue))
			.withMessageContaining("400")
			.withMessageContaining("40000");
	}

	private static void send(String topic, Map<String, Object> properties) {
		ServiceBusMessage.Builder message = ServiceBusMessage.builder().body("x");
		properties.forEach(message::applicationProperty);
		client.sender(topic).send(message.build());
	}

	private static ServiceBusReceivedMessage receive(String subscription) {
		try (ServiceBusReceiver receiver = client.receiver(ReceiverOptions.subscription("events", subscription))) {
			return receiver.receive(1, Duration.ofSeconds(20)).get(0);
		}
	}

}
