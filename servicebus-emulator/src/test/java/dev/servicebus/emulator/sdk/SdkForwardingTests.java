package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.SubscriptionView;
import dev.servicebus.emulator.TopicView;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.rule.RuleDefinition;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkForwardingTests {

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	private final TopicView topic = namespace.newTopic();

	private final QueueView destination = namespace.newQueue();

	@Test
	void copyRemembersItsNumberInTheTopic() {
		SubscriptionView subscription = namespace.newSubscription(this.topic,
				RuleDefinition.sql("second", "sys.Label = 'second'"));
		namespace.sender(this.topic).sendMessage(new ServiceBusMessage("1").setSubject("first"));
		namespace.sender(this.topic).sendMessage(new ServiceBusMessage("2").setSubject("second"));
		ServiceBusReceivedMessage copy = SdkNamespace.receiveOne(namespace.receiver(subscription));
		assertThat(copy.getSequenceNumber()).isOne();
		assertThat(copy.getEnqueuedSequenceNumber()).isEqualTo(2);
		assertThat(copy.getDeadLetterSource()).isNull();
	}

	@Test
	void subscriptionForwardsToAQueue() {
		SubscriptionView source = namespace.newSubscription(this.topic, forwardTo(this.destination.path()));
		namespace.send(this.topic, "onwards");
		ServiceBusReceivedMessage received = SdkNamespace.receiveOne(namespace.receiver(this.destination));
		assertThat(received.getBody()).hasToString("onwards");
		assertThat(received.getEnqueuedSequenceNumber()).isOne();
		assertThat(received.getDeliveryCount()).isZero();
		assertThat(source.messages()).isEmpty();
	}

	@Test
	void queueForwardsToATopicWhoseRulesDecide() {
		QueueView source = namespace.newQueue(forwardTo(this.topic.path()));
		SubscriptionView red = namespace.newSubscription(this.topic, RuleDefinition.sql("red", "color = 'red'"));
		for (String color : new String[] { "blue", "red" }) {
			ServiceBusMessage message = new ServiceBusMessage(color);
			message.getApplicationProperties().put("color", color);
			namespace.sender(source).sendMessage(message);
		}
		ServiceBusReceivedMessage received = SdkNamespace.receiveOne(namespace.receiver(red));
		assertThat(received.getBody()).hasToString("red");
		assertThat(received.getEnqueuedSequenceNumber()).isEqualTo(2);
		assertThat(red.messages()).hasSize(1);
	}

	@Test
	void forwardingSubscriptionCannotBeReceivedFrom() {
		SubscriptionView source = namespace.newSubscription(this.topic, forwardTo(this.destination.path()));
		ServiceBusReceiverClient receiver = namespace.receiver(source);
		assertThatThrownBy(() -> receiver.receiveMessages(1, SdkNamespace.WAIT).stream().toList())
			.hasStackTraceContaining("they are forwarded to another entity");
	}

	@Test
	void deadLettersAreForwardedWithTheirSource() {
		SubscriptionView source = namespace.newSubscription(this.topic,
				EntityOptions.builder().forwardDeadLetteredMessagesTo(this.destination.path()).build());
		namespace.send(this.topic, "bad");
		ServiceBusReceiverClient receiver = namespace.receiver(source);
		receiver.deadLetter(SdkNamespace.receiveOne(receiver), new DeadLetterOptions().setDeadLetterReason("why"));
		ServiceBusReceivedMessage received = SdkNamespace.receiveOne(namespace.receiver(this.destination));
		assertThat(received.getDeadLetterSource()).isEqualTo(source.path());
		assertThat(received.getDeadLetterReason()).isEqualTo("why");
		assertThat(source.deadLetters()).isEmpty();
		assertThat(this.destination.messages()).singleElement()
			.satisfies((message) -> assertThat(message.deadLetterSource()).isEqualTo(source.path()));
	}

	@Test
	void rulesSeeWhyAForwardedMessageIsADeadLetter() {
		QueueView source = namespace
			.newQueue(EntityOptions.builder().forwardDeadLetteredMessagesTo(this.topic.path()).build());
		SubscriptionView wanted = namespace.newSubscription(this.topic,
				RuleDefinition.sql("why", "DeadLetterReason = 'why'"));
		SubscriptionView other = namespace.newSubscription(this.topic,
				RuleDefinition.sql("other", "DeadLetterReason = 'other'"));
		namespace.send(source, "bad");
		ServiceBusReceiverClient receiver = namespace.receiver(source);
		receiver.deadLetter(SdkNamespace.receiveOne(receiver), new DeadLetterOptions().setDeadLetterReason("why"));
		assertThat(SdkNamespace.receiveOne(namespace.receiver(wanted)).getDeadLetterReason()).isEqualTo("why");
		assertThat(other.messages()).isEmpty();
	}

	@Test
	void messageGoesFourHopsAndNoFurther() {
		QueueView next = this.destination;
		QueueView fifth = null;
		for (int i = 0; i < 5; i++) {
			next = namespace.newQueue(forwardTo(next.path()));
			fifth = (i == 0) ? next : fifth;
		}
		namespace.send(next, "far");
		assertThat(this.destination.messages()).isEmpty();
		ServiceBusReceivedMessage stopped = SdkNamespace.receiveOne(namespace.deadLetterReceiver(fifth));
		assertThat(stopped.getDeadLetterReason()).isEqualTo("MaxTransferHopCountExceeded");
		assertThat(stopped.getEnqueuedSequenceNumber()).isOne();
	}

	@Test
	void messageForADeletedDestinationIsADeadLetterOfItsSource() {
		SubscriptionView source = namespace.newSubscription(this.topic, forwardTo(this.destination.path()));
		namespace.emulator.deleteQueue(this.destination.path());
		namespace.send(this.topic, "lost");
		assertThat(SdkNamespace.receiveOne(namespace.deadLetterReceiver(source)).getDeadLetterErrorDescription())
			.contains("could not be found");
	}

	@Test
	void idleSubscriptionAndTopicGoAway() {
		EntityOptions shortLived = EntityOptions.builder().autoDeleteOnIdle(Duration.ofMinutes(5)).build();
		TopicView idle = namespace.newTopic(shortLived);
		SubscriptionView used = namespace.newSubscription(this.topic, shortLived);
		SubscriptionView unused = namespace.newSubscription(this.topic, shortLived);
		SubscriptionView forwarding = namespace.newSubscription(this.topic,
				shortLived.mutate().forwardTo(this.destination.path()).build());
		ServiceBusReceiverClient receiver = namespace.receiver(used);
		assertThat(receiver.receiveMessages(1, SdkNamespace.MOMENT)).isEmpty();
		namespace.emulator.clock().advance(Duration.ofMinutes(6));
		assertThat(used.counts().active()).isZero();
		assertThat(forwarding.counts().active()).isZero();
		assertGone(unused::counts);
		assertGone(idle::subscriptions);
	}

	private static void assertGone(ThrowingCallable call) {
		assertThatExceptionOfType(BrokerException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.error()).isEqualTo(BrokerError.ENTITY_NOT_FOUND));
	}

	private static EntityOptions forwardTo(String path) {
		return EntityOptions.builder().forwardTo(path).build();
	}

}
