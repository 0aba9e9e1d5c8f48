package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

import com.azure.core.exception.ResourceExistsException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.messaging.servicebus.administration.ServiceBusAdministrationClient;
import com.azure.messaging.servicebus.administration.models.AccessRights;
import com.azure.messaging.servicebus.administration.models.CreateSubscriptionOptions;
import com.azure.messaging.servicebus.administration.models.CreateTopicOptions;
import com.azure.messaging.servicebus.administration.models.EntityStatus;
import com.azure.messaging.servicebus.administration.models.SharedAccessAuthorizationRule;
import com.azure.messaging.servicebus.administration.models.SubscriptionProperties;
import com.azure.messaging.servicebus.administration.models.TopicProperties;
import com.azure.messaging.servicebus.administration.models.TopicRuntimeProperties;
import dev.servicebus.emulator.ServiceBusEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Microsoft's SDK administrates topics and subscriptions.
 */
@Timeout(60)
class SdkTopicAdministrationTests {

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
	void everyOptionOfATopicComesBack() {
		CreateTopicOptions options = new CreateTopicOptions().setAutoDeleteOnIdle(Duration.ofHours(3))
			.setDefaultMessageTimeToLive(Duration.ofDays(2))
			.setDuplicateDetectionHistoryTimeWindow(Duration.ofSeconds(45))
			.setDuplicateDetectionRequired(true)
			.setBatchedOperationsEnabled(false)
			.setPartitioningEnabled(true)
			.setOrderingSupported(true)
			.setMaxSizeInMegabytes(2048)
			.setStatus(EntityStatus.SEND_DISABLED)
			.setUserMetadata("note")
			.setMaxMessageSizeInKilobytes(512);

		client.createTopic("News", options);

		TopicProperties topic = client.getTopic("news");
		assertThat(topic.getName()).isEqualTo("News");
		assertThat(new CreateTopicOptions(topic)).usingRecursiveComparison()
			.ignoringFields("lockDuration", "maxDeliveryCount", "requiresSession")
			.isEqualTo(options);
		assertThat(emulator.topic("news").options().duplicateDetectionWindow()).hasSeconds(45);
	}

	@Test
	void everyOptionOfASubscriptionComesBack() {
		client.createTopic("news");
		client.createQueue("target");
		CreateSubscriptionOptions options = new CreateSubscriptionOptions().setAutoDeleteOnIdle(Duration.ofHours(3))
			.setDefaultMessageTimeToLive(Duration.ofDays(2))
			.setDeadLetteringOnMessageExpiration(true)
			.setEnableDeadLetteringOnFilterEvaluationExceptions(false)
			.setBatchedOperationsEnabled(false)
			.setForwardDeadLetteredMessagesTo("target")
			.setLockDuration(Duration.ofSeconds(33))
			.setMaxDeliveryCount(4)
			.setSessionRequired(true)
			.setStatus(EntityStatus.RECEIVE_DISABLED)
			.setUserMetadata("note");

		client.createSubscription("news", "All", options);

		SubscriptionProperties subscription = client.getSubscription("NEWS", "all");
		assertThat(subscription.getSubscriptionName()).isEqualTo("All");
		assertThat(subscription.getTopicName()).isEqualToIgnoringCase("news");
		assertThat(new CreateSubscriptionOptions(subscription)).usingRecursiveComparison()
			.ignoringFields("forwardDeadLetteredMessagesTo", "defaultRule")
			.isEqualTo(options);
		assertThat(subscription.getForwardDeadLetteredMessagesTo()).endsWith("/target");
	}

	@Test
	void updatesTakeEffect() {
		TopicProperties topic = client.createTopic("news");
		SubscriptionProperties subscription = client.createSubscription("news", "all");

		client.updateTopic(topic.setStatus(EntityStatus.SEND_DISABLED));
		client.updateSubscription(subscription.setMaxDeliveryCount(2).setLockDuration(Duration.ofSeconds(9)));

		assertThat(emulator.topic("news").options().status().admitsSending()).isFalse();
		assertThat(emulator.subscription("news", "all").options().maxDeliveryCount()).isEqualTo(2);
		assertThat(client.getSubscription("news", "all").getLockDuration()).hasSeconds(9);
	}

	@Test
	void existenceFollowsCreationAndDeletion() {
		client.createTopic("news");
		client.createSubscription("news", "all");
		assertThat(client.getTopicExists("news")).isTrue();
		assertThat(client.getSubscriptionExists("news", "all")).isTrue();
		assertThatExceptionOfType(ResourceExistsException.class).isThrownBy(() -> client.createTopic("news"));
		assertThatExceptionOfType(ResourceExistsException.class).isThrownBy(() -> client.createQueue("news"));
		assertThatExceptionOfType(ResourceExistsException.class)
			.isThrownBy(() -> client.createSubscription("news", "all"));

		client.deleteSubscription("news", "all");
		assertThat(client.getSubscriptionExists("news", "all")).isFalse();
		client.deleteTopic("news");

		assertThat(client.getTopicExists("news")).isFalse();
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> client.deleteTopic("news"));
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(() -> client.createSubscription("news", "all"));
	}

	@Test
	void longListsComeInPages() {
		List<String> names = IntStream.range(0, 101).mapToObj("name-%03d"::formatted).toList();
		names.forEach(emulator::createTopic);
		names.forEach((name) -> emulator.createSubscription("name-000", name));

		assertThat(client.listTopics().stream().map(TopicProperties::getName)).isEqualTo(names);
		assertThat(client.listSubscriptions("name-000").stream().map(SubscriptionProperties::getSubscriptionName))
			.isEqualTo(names);
		assertThat(client.listSubscriptions("name-000").streamByPage().count()).isEqualTo(2);
	}

	@Test
	void runtimePropertiesOfATopicCountSubscriptions() {
		client.createTopic("news");
		client.createSubscription("news", "one");
		client.createSubscription("news", "two");

		TopicRuntimeProperties runtime = client.getTopicRuntimeProperties("news");

		assertThat(runtime.getSubscriptionCount()).isEqualTo(2);
		assertThat(runtime.getScheduledMessageCount()).isZero();
		assertThat(runtime.getCreatedAt().withOffsetSameInstant(ZoneOffset.UTC))
			.isEqualTo(client.getTopicRuntimeProperties("news").getCreatedAt());
	}

	@Test
	void authorizationRulesComeBack() {
		CreateTopicOptions options = new CreateTopicOptions();
		options.getAuthorizationRules()
			.add(new SharedAccessAuthorizationRule("all", "key-1", "key-2",
					List.of(AccessRights.MANAGE, AccessRights.SEND, AccessRights.LISTEN)));
		options.getAuthorizationRules().add(new SharedAccessAuthorizationRule("send", List.of(AccessRights.SEND)));
		client.createTopic("news", options);

		TopicProperties topic = client.getTopic("news");

		assertThat(topic.getAuthorizationRules())
			.extracting((rule) -> rule.getKeyName(), (rule) -> rule.getClaimType(), (rule) -> rule.getAccessRights())
			.containsExactly(
					tuple("all", "SharedAccessKey",
							List.of(AccessRights.MANAGE, AccessRights.SEND, AccessRights.LISTEN)),
					tuple("send", "SharedAccessKey", List.of(AccessRights.SEND)));
		assertThat(topic.getAuthorizationRules().get(0).getSecondaryKey()).isEqualTo("key-2");
		assertThat(topic.getAuthorizationRules().get(1).getPrimaryKey()).isNotBlank();
		assertThat(new CreateTopicOptions(client.updateTopic(topic)).getAuthorizationRules()).usingRecursiveComparison()
			.ignoringFields("modifiedAt")
			.isEqualTo(topic.getAuthorizationRules());
	}

}
