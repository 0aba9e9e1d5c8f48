package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusMessageBatch;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.SubscriptionView;
import dev.servicebus.emulator.TopicView;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.rule.RuleDefinition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkTopicTests {

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	private final TopicView topic = namespace.newTopic();

	@Test
	void everySubscriptionGetsACopyOfItsOwn() {
		SubscriptionView one = namespace.newSubscription(this.topic);
		SubscriptionView other = namespace.newSubscription(this.topic);
		namespace.send(this.topic, "news");
		ServiceBusReceiverClient receiver = namespace.receiver(one);
		ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
		assertThat(message.getBody()).hasToString("news");
		receiver.complete(message);
		assertThat(one.messages()).isEmpty();
		assertThat(other.messages()).hasSize(1);
	}

	@Test
	void filtersDecideAndActionsChangeCopies() {
		SubscriptionView high = namespace.newSubscription(this.topic,
				RuleDefinition.sql("high", "priority > 3").withAction("SET urgent = 'yes'; REMOVE priority"));
		ServiceBusSenderClient sender = namespace.sender(this.topic);
		for (int priority : List.of(1, 4)) {
			ServiceBusMessage message = new ServiceBusMessage("p" + priority);
			message.getApplicationProperties().put("priority", priority);
			sender.sendMessage(message);
		}
		ServiceBusReceivedMessage received = SdkNamespace.receiveOne(namespace.receiver(high));
		assertThat(received.getBody()).hasToString("p4");
		assertThat(received.getApplicationProperties()).containsEntry("urgent", "yes")
			.containsEntry("RuleName", "high")
			.doesNotContainKey("priority");
		assertThat(high.messages()).hasSize(1);
	}

	@Test
	void batchIsPublishedAsAWhole() {
		SubscriptionView subscription = namespace.newSubscription(this.topic);
		ServiceBusSenderClient sender = namespace.sender(this.topic);
		ServiceBusMessageBatch batch = sender.createMessageBatch();
		for (String body : List.of("a", "b", "c")) {
			assertThat(batch.tryAddMessage(new ServiceBusMessage(body))).isTrue();
		}
		sender.sendMessages(batch);
		ServiceBusReceiverClient receiver = namespace.receiver(subscription, ServiceBusReceiveMode.RECEIVE_AND_DELETE);
		assertThat(receiver.receiveMessages(3, SdkNamespace.WAIT)).extracting((message) -> message.getBody().toString())
			.containsExactly("a", "b", "c");
		assertThat(subscription.messages()).isEmpty();
	}

	@Test
	void scheduledMessageReachesSubscriptionsAtItsTimeAndCanBeCancelled() {
		SubscriptionView subscription = namespace.newSubscription(this.topic);
		ServiceBusSenderClient sender = namespace.sender(this.topic);
		OffsetDateTime time = now().plusHours(1);
		sender.scheduleMessage(new ServiceBusMessage("later"), time);
		long cancelled = sender.scheduleMessage(new ServiceBusMessage("never"), time);
		sender.sendMessage(new ServiceBusMessage("with annotation").setScheduledEnqueueTime(time));
		sender.cancelScheduledMessage(cancelled);
		assertThat(this.topic.scheduled()).hasSize(2);
		assertThat(subscription.messages()).isEmpty();
		namespace.emulator.clock().advance(Duration.ofHours(1));
		assertThat(this.topic.scheduled()).isEmpty();
		assertThat(subscription.messages()).extracting(StoredMessage::bodyAsString)
			.containsExactly("later", "with annotation");
		ServiceBusReceivedMessage received = SdkNamespace.receiveOne(namespace.receiver(subscription));
		assertThat(received.getEnqueuedTime()).isAfterOrEqualTo(time.minusSeconds(1));
	}

	@Test
	void subscriptionSettlesInEveryWay() {
		SubscriptionView subscription = namespace.newSubscription(this.topic);
		namespace.send(this.topic, "abandoned", "deferred", "dead", "left");
		ServiceBusReceiverClient receiver = namespace.receiver(subscription);
		receiver.abandon(SdkNamespace.receiveOne(receiver));
		ServiceBusReceivedMessage again = SdkNamespace.receiveOne(receiver);
		assertThat(again.getBody()).hasToString("abandoned");
		assertThat(again.getDeliveryCount()).isEqualTo(1);
		assertThat(receiver.renewMessageLock(again)).isAfter(now());
		receiver.complete(again);
		ServiceBusReceivedMessage deferred = SdkNamespace.receiveOne(receiver);
		receiver.defer(deferred);
		receiver.deadLetter(SdkNamespace.receiveOne(receiver), new DeadLetterOptions().setDeadLetterReason("bad"));
		assertThat(subscription.counts()).satisfies((counts) -> {
			assertThat(counts.active()).isEqualTo(1);
			assertThat(counts.deferred()).isEqualTo(1);
			assertThat(counts.deadLettered()).isEqualTo(1);
		});
		assertThat(receiver.peekMessages(5)).hasSize(2);
		receiver.complete(receiver.receiveDeferredMessage(deferred.getSequenceNumber()));
		ServiceBusReceiverClient deadLetters = namespace.deadLetterReceiver(subscription);
		ServiceBusReceivedMessage dead = SdkNamespace.receiveOne(deadLetters);
		assertThat(dead.getDeadLetterReason()).isEqualTo("bad");
		deadLetters.complete(dead);
		assertThat(subscription.counts().deadLettered()).isZero();
	}

	@Test
	void lockOfASubscriptionRunsOut() {
		SubscriptionView subscription = namespace.newSubscription(this.topic,
				EntityOptions.builder().maxDeliveryCount(1).build());
		namespace.send(this.topic, "slow");
		SdkNamespace.receiveOne(namespace.receiver(subscription));
		namespace.emulator.clock().advance(Duration.ofMinutes(1));
		assertThat(subscription.deadLetters()).singleElement()
			.satisfies((message) -> assertThat(message.deadLetterReason()).isEqualTo("MaxDeliveryCountExceeded"));
	}

	@Test
	void expiredMessageIsDeadLetteredPerSubscription() {
		SubscriptionView keeping = namespace.newSubscription(this.topic,
				EntityOptions.builder().deadLetteringOnMessageExpiration(true).build());
		SubscriptionView dropping = namespace.newSubscription(this.topic);
		namespace.sender(this.topic).sendMessage(new ServiceBusMessage("old").setTimeToLive(Duration.ofSeconds(30)));
		namespace.emulator.clock().advance(Duration.ofMinutes(1));
		assertThat(dropping.counts().deadLettered()).isZero();
		assertThat(SdkNamespace.receiveOne(namespace.deadLetterReceiver(keeping)).getDeadLetterReason())
			.isEqualTo("TTLExpiredException");
	}

	@Test
	void duplicateIsDroppedBeforeItIsCopied() {
		TopicView detecting = namespace
			.newTopic(EntityOptions.builder().duplicateDetectionWindow(Duration.ofMinutes(1)).build());
		SubscriptionView subscription = namespace.newSubscription(detecting);
		ServiceBusSenderClient sender = namespace.sender(detecting);
		sender.sendMessage(new ServiceBusMessage("first").setMessageId("id"));
		sender.sendMessage(new ServiceBusMessage("again").setMessageId("id"));
		assertThat(subscription.messages()).extracting(StoredMessage::bodyAsString).containsExactly("first");
	}

	@Test
	void processorServesASubscription() {
		SubscriptionView subscription = namespace.newSubscription(this.topic);
		Queue<String> handled = new ConcurrentLinkedQueue<>();
		namespace.send(this.topic, "1", "2", "3");
		ServiceBusProcessorClient processor = namespace.builder()
			.processor()
			.topicName(subscription.topic())
			.subscriptionName(subscription.name())
			.processMessage((context) -> handled.add(context.getMessage().getBody().toString()))
			.processError((context) -> {
			})
			.buildProcessorClient();
		try (processor) {
			processor.start();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> subscription.messages().isEmpty());
		}
		assertThat(handled).containsExactly("1", "2", "3");
	}

	@Test
	void missingSubscriptionIsReported() {
		try (ServiceBusReceiverClient receiver = namespace.builder()
			.receiver()
			.topicName(this.topic.path())
			.subscriptionName("nowhere")
			.buildClient()) {
			assertThatThrownBy(() -> receiver.receiveMessages(1, SdkNamespace.WAIT).stream().toList())
				.hasStackTraceContaining("could not be found");
		}
	}

	private static OffsetDateTime now() {
		return namespace.emulator.clock().instant().atOffset(ZoneOffset.UTC);
	}

}
