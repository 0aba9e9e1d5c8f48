package dev.servicebus.emulator.sdk;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.servicebus.emulator.EntityView;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.SubscriptionView;
import dev.servicebus.emulator.TopicView;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.EntityStatus;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkStatusTests {

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	@ParameterizedTest
	@EnumSource(names = { "DISABLED", "SEND_DISABLED" })
	void queueRefusesNewAndAttachedSenders(EntityStatus status) {
		QueueView queue = namespace.newQueue();
		ServiceBusSenderClient attached = namespace.sender(queue);
		attached.sendMessage(new ServiceBusMessage("before"));
		queue.update(status(status));
		assertDisabled(() -> attached.sendMessage(new ServiceBusMessage("after")));
		assertDisabled(() -> namespace.sender(queue).sendMessage(new ServiceBusMessage("after")));
		assertThat(queue.messages()).hasSize(1);
		queue.update(status(EntityStatus.ACTIVE));
		attached.sendMessage(new ServiceBusMessage("again"));
		assertThat(queue.messages()).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(names = { "DISABLED", "RECEIVE_DISABLED" })
	void queueRefusesNewAndAttachedReceivers(EntityStatus status) {
		assertReceiversRefused(namespace.newQueue(), status, (body) -> {
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "DISABLED", "RECEIVE_DISABLED" })
	void subscriptionRefusesReceiversAndStillGetsCopies(EntityStatus status) {
		TopicView topic = namespace.newTopic();
		assertReceiversRefused(namespace.newSubscription(topic), status, (body) -> namespace.send(topic, body));
	}

	@Test
	void receiveDisabledQueueTakesMessages() {
		QueueView queue = namespace.newQueue(status(EntityStatus.RECEIVE_DISABLED));
		namespace.send(queue, "taken");
		assertThat(queue.messages()).hasSize(1);
	}

	@Test
	void sendDisabledQueueGivesMessagesOut() {
		QueueView queue = namespace.newQueue();
		namespace.send(queue, "given");
		queue.update(status(EntityStatus.SEND_DISABLED));
		ServiceBusReceiverClient receiver = namespace.receiver(queue);
		receiver.complete(SdkNamespace.receiveOne(receiver));
		assertThat(queue.messages()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "DISABLED", "SEND_DISABLED" })
	void topicRefusesToPublish(EntityStatus status) {
		TopicView topic = namespace.newTopic(status(status));
		SubscriptionView subscription = namespace.newSubscription(topic);
		assertDisabled(() -> namespace.send(topic, "refused"));
		assertThat(subscription.messages()).isEmpty();
		topic.update(status(EntityStatus.ACTIVE));
		namespace.send(topic, "published");
		assertThat(subscription.messages()).hasSize(1);
	}

	private static void assertReceiversRefused(EntityView entity, EntityStatus status, Consumer<String> sender) {
		ServiceBusReceiverClient attached = namespace.receiver(entity);
		assertThat(attached.receiveMessages(1, SdkNamespace.MOMENT)).isEmpty();
		entity.update(status(status));
		assertThat(entity.consumers()).isZero();
		assertDisabled(() -> namespace.receiver(entity).receiveMessages(1, SdkNamespace.WAIT).stream().toList());
		sender.accept("meanwhile");
		assertThat(entity.messages()).extracting((message) -> message.bodyAsString()).isSubsetOf("meanwhile");
		entity.update(status(EntityStatus.ACTIVE));
		assertThat(namespace.receiver(entity).receiveMessages(1, SdkNamespace.MOMENT))
			.hasSize(entity.messages().size());
	}

	private static void assertDisabled(ThrowingCallable call) {
		assertThatThrownBy(call).matches(SdkStatusTests::isDisabled);
	}

	/**
	 * Senders report an exception of Service Bus, receivers one of AMQP inside another.
	 */
	private static boolean isDisabled(Throwable thrown) {
		for (Throwable ex = thrown; ex != null; ex = ex.getCause()) {
			if (ex instanceof ServiceBusException failure) {
				return failure.getReason() == ServiceBusFailureReason.MESSAGING_ENTITY_DISABLED;
			}
			if (ex instanceof AmqpException failure) {
				return failure.getErrorCondition() == AmqpErrorCondition.ENTITY_DISABLED_ERROR;
			}
		}
		return false;
	}

	private static EntityOptions status(EntityStatus status) {
		return EntityOptions.builder().status(status).build();
	}

}
