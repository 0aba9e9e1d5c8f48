package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.administration.ServiceBusAdministrationClient;
import com.azure.messaging.servicebus.administration.models.AccessRights;
import com.azure.messaging.servicebus.administration.models.CreateQueueOptions;
import com.azure.messaging.servicebus.administration.models.CreateRuleOptions;
import com.azure.messaging.servicebus.administration.models.CreateSubscriptionOptions;
import com.azure.messaging.servicebus.administration.models.EntityStatus;
import com.azure.messaging.servicebus.administration.models.QueueProperties;
import com.azure.messaging.servicebus.administration.models.QueueRuntimeProperties;
import com.azure.messaging.servicebus.administration.models.SharedAccessAuthorizationRule;
import com.azure.messaging.servicebus.administration.models.SqlRuleFilter;
import com.azure.messaging.servicebus.administration.models.SubscriptionRuntimeProperties;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.auth.Right;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Microsoft's administration client sets has its effect on messages.
 */
@Timeout(60)
class SdkAdministrationEffectsTests {

	private final SdkNamespace sdk = new SdkNamespace();

	private final ServiceBusAdministrationClient client = SdkAdministration.client(this.sdk.emulator);

	@AfterEach
	void close() throws Exception {
		this.sdk.close();
	}

	@Test
	void createdQueueTakesMessages() {
		this.client.createQueue("orders");

		sender("orders").sendMessage(new ServiceBusMessage("hello"));

		assertThat(SdkNamespace.receiveOne(receiver("orders")).getBody()).hasToString("hello");
	}

	@Test
	void disabledQueueRefusesMessages() {
		QueueProperties queue = this.client.createQueue("orders");
		ServiceBusSenderClient sender = sender("orders");
		sender.sendMessage(new ServiceBusMessage("before"));

		this.client.updateQueue(queue.setStatus(EntityStatus.SEND_DISABLED));

		assertThatExceptionOfType(ServiceBusException.class)
			.isThrownBy(() -> sender.sendMessage(new ServiceBusMessage("after")))
			.extracting(ServiceBusException::getReason)
			.isEqualTo(ServiceBusFailureReason.MESSAGING_ENTITY_DISABLED);
		assertThat(this.sdk.emulator.queue("orders").counts().active()).isOne();
	}

	@Test
	void forwardingBeginsWithTheUpdate() {
		this.client.createQueue("target");
		QueueProperties queue = this.client.createQueue("source");

		this.client.updateQueue(queue.setForwardTo("target"));
		sender("source").sendMessage(new ServiceBusMessage("hello"));

		assertThat(SdkNamespace.receiveOne(receiver("target")).getBody()).hasToString("hello");
	}

	@Test
	void rulesDecideOnCopies() {
		this.client.createTopic("news");
		this.client.createSubscription("news", "loud", "loud", new CreateSubscriptionOptions(),
				new CreateRuleOptions(new SqlRuleFilter("volume > 3")));

		ServiceBusMessage quiet = new ServiceBusMessage("quiet");
		quiet.getApplicationProperties().put("volume", 1);
		ServiceBusMessage loud = new ServiceBusMessage("loud");
		loud.getApplicationProperties().put("volume", 5);
		topicSender("news").sendMessages(List.of(quiet, loud));

		SubscriptionRuntimeProperties runtime = this.client.getSubscriptionRuntimeProperties("news", "loud");
		assertThat(runtime.getActiveMessageCount()).isOne();
		assertThat(runtime.getTotalMessageCount()).isOne();
	}

	@Test
	void runtimePropertiesCountMessages() {
		this.client.createQueue("orders", new CreateQueueOptions().setMaxDeliveryCount(1));
		Instant created = this.sdk.emulator.clock().instant();
		ServiceBusSenderClient sender = sender("orders");
		sender.sendMessages(List.of(new ServiceBusMessage("dead"), new ServiceBusMessage("deferred"),
				new ServiceBusMessage("active")));
		sender.scheduleMessage(new ServiceBusMessage("scheduled"), OffsetDateTime.now().plusHours(1));
		ServiceBusReceiverClient receiver = receiver("orders");
		receiver.deadLetter(SdkNamespace.receiveOne(receiver));
		receiver.defer(SdkNamespace.receiveOne(receiver));

		QueueRuntimeProperties runtime = this.client.getQueueRuntimeProperties("orders");

		assertThat(runtime.getActiveMessageCount()).isEqualTo(2);
		assertThat(runtime.getDeadLetterMessageCount()).isOne();
		assertThat(runtime.getScheduledMessageCount()).isOne();
		assertThat(runtime.getTransferMessageCount()).isZero();
		assertThat(runtime.getTotalMessageCount()).isEqualTo(4);
		assertThat(runtime.getSizeInBytes()).isPositive();
		assertThat(runtime.getCreatedAt().toInstant()).isBeforeOrEqualTo(created);
		assertThat(runtime.getAccessedAt().toInstant()).isAfterOrEqualTo(created);
	}

	@Test
	void idleQueueGoesAway() {
		this.client.createQueue("idle", new CreateQueueOptions().setAutoDeleteOnIdle(Duration.ofMinutes(5)));

		this.sdk.emulator.clock().advance(Duration.ofMinutes(5));

		assertThat(this.client.getQueueExists("idle")).isFalse();
	}

	@Test
	void ruleOfAQueueOpensItAndNothingElse() {
		CreateQueueOptions options = new CreateQueueOptions();
		options.getAuthorizationRules()
			.add(new SharedAccessAuthorizationRule("sender", "key-1", "key-2", List.of(AccessRights.SEND)));
		this.client.createQueue("orders", options);
		String connectionString = connectionString("sender", "key-2", Right.SEND);

		try (ServiceBusSenderClient sender = SdkNamespace.builder(connectionString)
			.sender()
			.queueName("orders")
			.buildClient()) {
			sender.sendMessage(new ServiceBusMessage("hello"));
		}

		assertThat(this.sdk.emulator.queue("orders").counts().active()).isOne();
		assertThatExceptionOfType(ClientAuthenticationException.class)
			.isThrownBy(() -> SdkAdministration.client(this.sdk.emulator, connectionString).getQueue("orders"));
	}

	@Test
	void wrongKeyIsRefused() {
		ServiceBusAdministrationClient stranger = SdkAdministration.client(this.sdk.emulator,
				connectionString("RootManageSharedAccessKey", "wrong", Right.MANAGE));

		assertThatExceptionOfType(ClientAuthenticationException.class).isThrownBy(() -> stranger.createQueue("orders"))
			.withMessageContaining("SubCode=40103.");
		assertThat(this.sdk.emulator.queues()).isEmpty();
	}

	private String connectionString(String rule, String key, Right right) {
		return this.sdk.emulator.connectionString(new AuthorizationRule(rule, key, null, Set.of(right)));
	}

	private ServiceBusSenderClient sender(String queue) {
		return this.sdk.closeLater(this.sdk.builder().sender().queueName(queue).buildClient());
	}

	private ServiceBusSenderClient topicSender(String topic) {
		return this.sdk.closeLater(this.sdk.builder().sender().topicName(topic).buildClient());
	}

	private ServiceBusReceiverClient receiver(String queue) {
		return this.sdk.closeLater(this.sdk.builder().receiver().queueName(queue).disableAutoComplete().buildClient());
	}

}
