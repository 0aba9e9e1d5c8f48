package dev.servicebus.emulator.sdk;

import java.lang.reflect.Method;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.models.AbandonOptions;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import com.azure.messaging.servicebus.models.DeferOptions;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.entity.EntityOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkSettleTests {

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	@Test
	void completeRemovesTheMessage() {
		QueueView queue = namespace.newQueue();
		ServiceBusReceiverClient receiver = namespace.receiver(queue);
		namespace.send(queue, "m");
		receiver.complete(SdkNamespace.receiveOne(receiver));
		assertThat(queue.messages()).isEmpty();
	}

	@Test
	void abandonCountsAndSetsProperties() {
		QueueView queue = namespace.newQueue();
		ServiceBusReceiverClient receiver = namespace.receiver(queue);
		namespace.send(queue, "m");
		receiver.abandon(SdkNamespace.receiveOne(receiver),
				new AbandonOptions().setPropertiesToModify(Map.of("attempt", 1)));
		ServiceBusReceivedMessage again = SdkNamespace.receiveOne(receiver);
		assertThat(again.getDeliveryCount()).isOne();
		assertThat(again.getApplicationProperties()).containsEntry("attempt", 1);
	}

	@Test
	void deferredMessageIsReceivedBySequenceNumber() {
		QueueView queue = namespace.newQueue();
		ServiceBusReceiverClient receiver = namespace.receiver(queue);
		namespace.send(queue, "m", "n");
		ServiceBusReceivedMessage first = SdkNamespace.receiveOne(receiver);
		receiver.defer(first, new DeferOptions().setPropertiesToModify(Map.of("why", "later")));
		assertThat(SdkNamespace.receiveOne(receiver).getBody()).hasToString("n");

		ServiceBusReceivedMessage deferred = receiver.receiveDeferredMessage(first.getSequenceNumber());
		assertThat(deferred.getBody()).hasToString("m");
		assertThat(deferred.getApplicationProperties()).containsEntry("why", "later");
		receiver.complete(deferred);
		assertThat(queue.counts().deferred()).isZero();
	}

	@Test
	void deadLetteredMessageIsReceivedWithItsReason() {
		QueueView queue = namespace.newQueue();
		ServiceBusReceiverClient receiver = namespace.receiver(queue);
		namespace.send(queue, "m");
		receiver.deadLetter(SdkNamespace.receiveOne(receiver),
				new DeadLetterOptions().setDeadLetterReason("bad")
					.setDeadLetterErrorDescription("very bad")
					.setPropertiesToModify(Map.of("by", "test")));
		assertThat(queue.deadLetters()).singleElement()
			.satisfies((message) -> assertThat(message.deadLetterReason()).isEqualTo("bad"));

		ServiceBusReceiverClient deadLetters = namespace.deadLetterReceiver(queue);
		ServiceBusReceivedMessage dead = SdkNamespace.receiveOne(deadLetters);
		assertThat(dead.getDeadLetterReason()).isEqualTo("bad");
		assertThat(dead.getDeadLetterErrorDescription()).isEqualTo("very bad");
		assertThat(dead.getApplicationProperties()).containsEntry("by", "test");
		deadLetters.complete(dead);
		assertThat(queue.deadLetters()).isEmpty();
	}

	@Test
	void releasedMessageComesBackUncounted() throws Exception {
		QueueView queue = namespace.newQueue();
		namespace.send(queue, "m");
		ServiceBusReceiverAsyncClient receiver = namespace
			.closeLater(namespace.receiverBuilder(queue).buildAsyncClient());
		Method release = ServiceBusReceiverAsyncClient.class.getDeclaredMethod("release",
				ServiceBusReceivedMessage.class);
		release.setAccessible(true);
		ServiceBusReceivedMessage second = receiver.receiveMessages()
			.index()
			.concatMap((received) -> (received.getT1() == 0) ? release(receiver, release, received.getT2())
					: Mono.just(received.getT2()))
			.blockFirst(SdkNamespace.WAIT);
		assertThat(second.getDeliveryCount()).isZero();
		assertThat(second.getBody()).hasToString("m");
	}

	@SuppressWarnings("unchecked")
	private static Mono<ServiceBusReceivedMessage> release(ServiceBusReceiverAsyncClient receiver, Method release,
			ServiceBusReceivedMessage message) {
		try {
			return ((Mono<Void>) release.invoke(receiver, message)).then(Mono.empty());
		}
		catch (ReflectiveOperationException ex) {
			return Mono.error(ex);
		}
	}

	@Test
	void renewedLockLastsLonger() {
		QueueView queue = namespace.newQueue();
		ServiceBusReceiverClient receiver = namespace.receiver(queue);
		namespace.send(queue, "m");
		ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
		namespace.emulator.clock().advance(Duration.ofSeconds(40));
		OffsetDateTime until = receiver.renewMessageLock(message);
		assertThat(until.toInstant()).isAfter(message.getEnqueuedTime().plusSeconds(99).toInstant());
		namespace.emulator.clock().advance(Duration.ofSeconds(40));
		receiver.complete(message);
		assertThat(queue.messages()).isEmpty();
	}

	@Test
	void lostLockIsReportedAndTheMessageComesBack() {
		QueueView queue = namespace.newQueue();
		ServiceBusReceiverClient receiver = namespace.receiver(queue);
		namespace.send(queue, "m");
		ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
		namespace.emulator.clock().advance(Duration.ofSeconds(61));
		assertThatThrownBy(() -> receiver.complete(message)).isInstanceOfSatisfying(ServiceBusException.class,
				(ex) -> assertThat(ex.getReason()).isEqualTo(ServiceBusFailureReason.MESSAGE_LOCK_LOST));
		assertThatThrownBy(() -> receiver.renewMessageLock(message)).isInstanceOfSatisfying(ServiceBusException.class,
				(ex) -> assertThat(ex.getReason()).isEqualTo(ServiceBusFailureReason.MESSAGE_LOCK_LOST));
		assertThat(SdkNamespace.receiveOne(receiver).getDeliveryCount()).isOne();
	}

	@Test
	void messageThatFailsTooOftenIsDeadLettered() {
		QueueView queue = namespace.newQueue(EntityOptions.builder().maxDeliveryCount(2).build());
		ServiceBusReceiverClient receiver = namespace.receiver(queue);
		namespace.send(queue, "m");
		receiver.abandon(SdkNamespace.receiveOne(receiver));
		receiver.abandon(SdkNamespace.receiveOne(receiver));
		ServiceBusReceivedMessage dead = SdkNamespace.receiveOne(namespace.deadLetterReceiver(queue));
		assertThat(dead.getDeadLetterReason()).isEqualTo("MaxDeliveryCountExceeded");
		assertThat(dead.getDeliveryCount()).isEqualTo(2);
	}

	@Test
	void expiredMessageIsDeadLettered() {
		QueueView queue = namespace.newQueue(EntityOptions.builder().deadLetteringOnMessageExpiration(true).build());
		namespace.sender(queue).sendMessage(new ServiceBusMessage("m").setTimeToLive(Duration.ofSeconds(30)));
		namespace.emulator.clock().advance(Duration.ofSeconds(30));
		assertThat(SdkNamespace.receiveOne(namespace.deadLetterReceiver(queue)).getDeadLetterReason())
			.isEqualTo("TTLExpiredException");
	}

	@Test
	void deferredMessageIsSettledThroughTheManagementNode() {
		QueueView queue = namespace.newQueue();
		ServiceBusReceiverClient receiver = namespace.receiver(queue);
		namespace.send(queue, "m");
		ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
		receiver.defer(message);
		ServiceBusReceivedMessage deferred = receiver.receiveDeferredMessage(message.getSequenceNumber());
		receiver.abandon(deferred, new AbandonOptions().setPropertiesToModify(Map.of("again", true)));
		assertThat(queue.counts().deferred()).isOne();
		ServiceBusReceivedMessage again = receiver.receiveDeferredMessage(message.getSequenceNumber());
		assertThat(again.getDeliveryCount()).isOne();
		assertThat(again.getApplicationProperties()).containsEntry("again", true);
		receiver.deadLetter(again, new DeadLetterOptions().setDeadLetterReason("enough"));
		assertThat(queue.deadLetters()).singleElement()
			.satisfies((dead) -> assertThat(dead.deadLetterReason()).isEqualTo("enough"));
	}

}
