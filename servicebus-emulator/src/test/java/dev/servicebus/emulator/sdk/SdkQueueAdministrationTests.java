package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;

import com.azure.core.exception.ResourceExistsException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.messaging.servicebus.administration.ServiceBusAdministrationClient;
import com.azure.messaging.servicebus.administration.models.CreateQueueOptions;
import com.azure.messaging.servicebus.administration.models.EntityStatus;
import com.azure.messaging.servicebus.administration.models.NamespaceProperties;
import com.azure.messaging.servicebus.administration.models.NamespaceType;
import com.azure.messaging.servicebus.administration.models.QueueProperties;
import dev.servicebus.emulator.ServiceBusEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Microsoft's SDK administrates queues.
 */
@Timeout(60)
class SdkQueueAdministrationTests {

	private static final ServiceBusEmulator emulator = ServiceBusEmulator.builder().build().start();

	private static final ServiceBusAdministrationClient client = SdkAdministration.client(emulator);

	@BeforeEach
	void reset() {
		emulator.reset();
	}

	@AfterAll
	static void close() {
		emulator.close();
	}

	@Test
	void queueHasTheDefaultsOfTheService() {
		QueueProperties created = client.createQueue("Orders");

		assertThat(created.getName()).isEqualTo("Orders");
		assertThat(created.getLockDuration()).isEqualTo(Duration.ofMinutes(1));
		assertThat(created.getMaxDeliveryCount()).isEqualTo(10);
		assertThat(created.getMaxSizeInMegabytes()).isEqualTo(1024);
		assertThat(created.getStatus()).isEqualTo(EntityStatus.ACTIVE);
		assertThat(created.isBatchedOperationsEnabled()).isTrue();
		assertThat(created.isPartitioningEnabled()).isFalse();
		assertThat(created.isSessionRequired()).isFalse();
		assertThat(created.isDuplicateDetectionRequired()).isFalse();
		assertThat(created.getAutoDeleteOnIdle()).isGreaterThan(Duration.ofDays(10_000_000));
		assertThat(created.getDefaultMessageTimeToLive()).isGreaterThan(Duration.ofDays(10_000_000));
		assertThat(created.getForwardTo()).isNull();
		assertThat(created.getAuthorizationRules()).isEmpty();
		assertThat(emulator.queues()).containsExactly("Orders");
	}

	@Test
	void everyOptionComesBack() {
		client.createQueue("target");
		CreateQueueOptions options = everyOption();

		client.createQueue("all", options);

		QueueProperties queue = client.getQueue("ALL");
		assertThat(queue.getName()).isEqualTo("all");
		assertThat(new CreateQueueOptions(queue)).usingRecursiveComparison()
			.ignoringFields("forwardTo", "forwardDeadLetteredMessagesTo")
			.isEqualTo(options);
		assertThat(queue.getForwardTo()).endsWith("/target");
		assertThat(queue.getForwardDeadLetteredMessagesTo()).endsWith("/target");
	}

	@Test
	void updateChangesWhatCanBeChanged() {
		QueueProperties queue = client.createQueue("orders");

		QueueProperties updated = client.updateQueue(queue.setMaxDeliveryCount(3)
			.setLockDuration(Duration.ofSeconds(7))
			.setStatus(EntityStatus.SEND_DISABLED)
			.setUserMetadata("<note> & more"));

		assertThat(updated.getMaxDeliveryCount()).isEqualTo(3);
		assertThat(updated.getLockDuration()).isEqualTo(Duration.ofSeconds(7));
		assertThat(updated.getUserMetadata()).isEqualTo("<note> & more");
		assertThat(emulator.queue("orders").options().status().admitsSending()).isFalse();
	}

	@Test
	void forwardingIsRemovedByLeavingItOut() {
		client.createQueue("target");
		QueueProperties queue = client.createQueue("source", new CreateQueueOptions().setForwardTo("target"));

		client.updateQueue(queue.setForwardTo(null));

		assertThat(emulator.queue("source").options().forwardTo()).isNull();
		assertThat(client.getQueue("source").getForwardTo()).isNull();
	}

	@Test
	void creatingTwiceIsAConflict() {
		client.createQueue("orders");

		assertThatExceptionOfType(ResourceExistsException.class).isThrownBy(() -> client.createQueue("ORDERS"))
			.withMessageContaining("SubCode=40900.");
	}

	@Test
	void missingQueueIsNotFound() {
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> client.getQueue("none"))
			.withMessageContaining("none");
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> client.deleteQueue("none"));
		assertThat(client.getQueueExists("none")).isFalse();
	}

	@Test
	void deletedQueueIsGone() {
		client.createQueue("orders");
		assertThat(client.getQueueExists("orders")).isTrue();

		client.deleteQueue("orders");

		assertThat(client.getQueueExists("orders")).isFalse();
		assertThat(emulator.queues()).isEmpty();
	}

	@Test
	void optionsOutOfRangeAreRefused() {
		SdkAdministration.assertRefused(400, 40000,
				() -> client.createQueue("orders", new CreateQueueOptions().setLockDuration(Duration.ofMinutes(6))));
		SdkAdministration.assertRefused(400, 40400,
				() -> client.createQueue("orders", new CreateQueueOptions().setForwardTo("none")));
		assertThat(emulator.queues()).isEmpty();
	}

	@Test
	void longListComesInPages() {
		List<String> names = IntStream.range(0, 101).mapToObj("queue-%03d"::formatted).toList();
		names.forEach(emulator::createQueue);

		assertThat(client.listQueues().stream().map(QueueProperties::getName)).isEqualTo(names);
		assertThat(client.listQueues().streamByPage().count()).isEqualTo(2);
	}

	@Test
	void pathMayHaveSlashes() {
		client.createQueue("a/b.c");

		assertThat(client.getQueue("a/b.c").getName()).isEqualTo("a/b.c");
		assertThat(client.listQueues().stream().map(QueueProperties::getName)).containsExactly("a/b.c");
	}

	@Test
	void namespaceDescribesItself() {
		NamespaceProperties properties = client.getNamespaceProperties();

		assertThat(properties.getName()).isEqualTo("localhost");
		assertThat(properties.getNamespaceType()).isEqualTo(NamespaceType.MESSAGING);
		assertThat(properties.getCreatedTime()).isBefore(OffsetDateTime.now());
		assertThat(properties.getModifiedTime()).isNotNull();
	}

	@Test
	void connectionMayUseTls() throws Exception {
		ServiceBusAdministrationClient withTls = SdkAdministration.clientWithTls(emulator);

		withTls.createQueue("orders");

		assertThat(withTls.listQueues().stream().map(QueueProperties::getName)).containsExactly("orders");
	}

	static CreateQueueOptions everyOption() {
		return new CreateQueueOptions().setAutoDeleteOnIdle(Duration.ofHours(3))
			.setDefaultMessageTimeToLive(Duration.ofDays(2).plusSeconds(3))
			.setDeadLetteringOnMessageExpiration(true)
			.setDuplicateDetectionHistoryTimeWindow(Duration.ofSeconds(45))
			.setBatchedOperationsEnabled(false)
			.setPartitioningEnabled(true)
			.setForwardTo("target")
			.setForwardDeadLetteredMessagesTo("target")
			.setLockDuration(Duration.ofSeconds(33))
			.setMaxDeliveryCount(4)
			.setMaxSizeInMegabytes(2048)
			.setDuplicateDetectionRequired(true)
			.setStatus(EntityStatus.RECEIVE_DISABLED)
			.setUserMetadata("note")
			.setMaxMessageSizeInKilobytes(512);
	}

}
