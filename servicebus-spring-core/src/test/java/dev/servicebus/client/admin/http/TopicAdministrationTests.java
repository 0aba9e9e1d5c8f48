package dev.servicebus.client.admin.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.MessagingEntityAlreadyExistsException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.admin.EntityStatus;
import dev.servicebus.client.admin.MessagingEntityOperations;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.SubscriptionRuntimeProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Topics and subscriptions at the emulator, from create to delete.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TopicAdministrationTests {

	private static ServiceBusEmulator emulator;

	private static ServiceBusAdministrationClient admin;

	@BeforeAll
	static void start() {
		emulator = ServiceBusEmulator.builder().build().start();
		admin = ServiceBusAdministrationClient.builder().connectionString(emulator.connectionString()).build();
	}

	@AfterAll
	static void stop() {
		admin.close();
		emulator.close();
	}

	@Test
	void topicLivesFromCreateToDelete() {
		TopicProperties wanted = TopicProperties.builder("events")
			.defaultMessageTimeToLive(Duration.ofDays(2))
			.duplicateDetectionRequired(true)
			.duplicateDetectionWindow(Duration.ofMinutes(5))
			.userMetadata("for <tests> & such")
			.build();
		TopicProperties created = admin.topics().create(wanted);
		assertThat(created.duplicateDetectionWindow()).isEqualTo(Duration.ofMinutes(5));
		assertThat(admin.topics().get("EVENTS")).usingRecursiveComparison().ignoringFields("name").isEqualTo(created);
		assertThat(admin.topics().exists("events")).isTrue();
		assertThatExceptionOfType(MessagingEntityAlreadyExistsException.class)
			.isThrownBy(() -> admin.topics().create(wanted));

		TopicProperties updated = admin.topics()
			.update(created.mutate()
				.status(EntityStatus.SEND_DISABLED)
				.defaultMessageTimeToLive(Duration.ofDays(3))
				.userMetadata(null)
				.build());
		assertThat(updated.status()).isEqualTo(EntityStatus.SEND_DISABLED);
		assertThat(updated.defaultMessageTimeToLive()).isEqualTo(Duration.ofDays(3));
		assertThat(updated.userMetadata()).isNull();
		assertThat(admin.topics().get("events")).usingRecursiveComparison().isEqualTo(updated);
		assertThat(admin.topics().runtimeProperties("events").subscriptionCount()).isZero();

		admin.topics().delete("events");
		assertThat(admin.topics().exists("events")).isFalse();
		assertThat(admin.topics().list()).isEmpty();
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> admin.topics().get("events"));
	}

	@Test
	void subscriptionLivesFromCreateToDelete() {
		admin.topics().create(TopicProperties.of("news"));
		MessagingEntityOperations<SubscriptionProperties, SubscriptionRuntimeProperties> subscriptions = admin
			.subscriptions("news");
		SubscriptionProperties created = subscriptions.create(SubscriptionProperties.builder("audit")
			.lockDuration(Duration.ofSeconds(30))
			.maxDeliveryCount(3)
			.deadLetteringOnMessageExpiration(true)
			.build());
		assertThat(created.lockDuration()).isEqualTo(Duration.ofSeconds(30));
		assertThat(subscriptions.get("audit")).usingRecursiveComparison().isEqualTo(created);
		try (ServiceBusClient client = ServiceBusClient.builder()
			.connectionString(emulator.connectionString())
			.build()) {
			client.sender("news").send(ServiceBusMessage.of("a"));
		}
		assertThat(subscriptions.runtimeProperties("audit").counts().active()).isEqualTo(1);

		SubscriptionProperties updated = subscriptions
			.update(created.mutate().status(EntityStatus.RECEIVE_DISABLED).maxDeliveryCount(7).build());
		assertThat(updated.status()).isEqualTo(EntityStatus.RECEIVE_DISABLED);
		assertThat(updated.maxDeliveryCount()).isEqualTo(7);
		assertThat(updated.lockDuration()).isEqualTo(Duration.ofSeconds(30));
		assertThat(subscriptions.get("audit")).usingRecursiveComparison().isEqualTo(updated);

		subscriptions.delete("audit");
		assertThat(subscriptions.exists("audit")).isFalse();
		assertThat(subscriptions.list()).isEmpty();
		assertThat(admin.topics().exists("news")).isTrue();
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> subscriptions.delete("audit"));
		admin.topics().delete("news");
	}

}
