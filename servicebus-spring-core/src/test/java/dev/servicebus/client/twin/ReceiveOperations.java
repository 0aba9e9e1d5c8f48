package dev.servicebus.client.twin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.models.AbandonOptions;
import com.azure.messaging.servicebus.models.DeferOptions;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import dev.servicebus.client.DeadLetterOptions;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.SubQueue;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Receiving, settling, peeking and renewing without sessions.
 */
final class ReceiveOperations {

	static final Duration WAIT = Duration.ofSeconds(10);

	private static final Map<String, Object> CHANGES = Map.of("int", 2, "string", "text", "boolean", true, "long", 3L,
			"double", 4.5, "uuid", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));

	private static final ReceiverOptions QUEUE = ReceiverOptions.queue(TwinOperation.QUEUE);

	private ReceiveOperations() {
	}

	static List<TwinOperation> all() {
		return List.of(settling(), other(), deferred(), managing()).stream().flatMap(List::stream).toList();
	}

	private static List<TwinOperation> settling() {
		return List.of(
				with("complete", (receiver, message) -> receiver.complete(message),
						(receiver, message) -> receiver.complete(message)),
				with("abandon", (receiver, message) -> receiver.abandon(message),
						(receiver, message) -> receiver.abandon(message)),
				with("abandon with properties",
						(receiver, message) -> receiver.abandon(message,
								new AbandonOptions().setPropertiesToModify(CHANGES)),
						(receiver, message) -> receiver.abandon(message, CHANGES)),
				with("defer", (receiver, message) -> receiver.defer(message),
						(receiver, message) -> receiver.defer(message)),
				with("defer with properties",
						(receiver, message) -> receiver.defer(message,
								new DeferOptions().setPropertiesToModify(CHANGES)),
						(receiver, message) -> receiver.defer(message, CHANGES)),
				with("dead-letter", (receiver, message) -> receiver.deadLetter(message),
						(receiver, message) -> receiver.deadLetter(message, DeadLetterOptions.DEFAULTS)),
				with("dead-letter with reason and properties",
						(receiver, message) -> receiver.deadLetter(message, theirDeadLetter()),
						(receiver, message) -> receiver.deadLetter(message, ourDeadLetter())),
				with("renew a lock", (receiver, message) -> {
					receiver.renewMessageLock(message);
					receiver.complete(message);
				}, (receiver, message) -> {
					receiver.renewLock(message);
					receiver.complete(message);
				}));
	}

	private static List<TwinOperation> other() {
		return List.of(TwinOperation.of("receive and delete", (theirs) -> {
			var receiver = theirs.receiverBuilder()
				.queueName(TwinOperation.QUEUE)
				.receiveMode(ServiceBusReceiveMode.RECEIVE_AND_DELETE)
				.buildClient();
			theirs.receiveOne(theirs.closeLater(receiver));
		}, (ours) -> receiveOne(ours.receiver(QUEUE.withReceiveMode(ReceiveMode.RECEIVE_AND_DELETE)))).afterSending(1),
				TwinOperation.of("receive dead letters", (theirs) -> {
					ServiceBusReceiverClient receiver = theirs.receiver();
					receiver.deadLetter(theirs.receiveOne(receiver));
					var deadLetters = theirs.closeLater(theirs.receiverBuilder()
						.queueName(TwinOperation.QUEUE)
						.subQueue(com.azure.messaging.servicebus.models.SubQueue.DEAD_LETTER_QUEUE)
						.buildClient());
					deadLetters.complete(theirs.receiveOne(deadLetters));
					deadLetters.peekMessage();
				}, (ours) -> {
					ServiceBusReceiver receiver = ours.receiver(QUEUE);
					receiver.deadLetter(receiveOne(receiver), DeadLetterOptions.DEFAULTS);
					ServiceBusReceiver deadLetters = ours.receiver(QUEUE.withSubQueue(SubQueue.DEAD_LETTER));
					deadLetters.complete(receiveOne(deadLetters));
					deadLetters.peek(1, 0);
				}).afterSending(1), TwinOperation.of("receive from a subscription", (theirs) -> {
					var receiver = theirs.closeLater(theirs.receiverBuilder()
						.topicName(TwinOperation.TOPIC)
						.subscriptionName(TwinOperation.SUBSCRIPTION)
						.buildClient());
					receiver.complete(theirs.receiveOne(receiver));
					receiver.peekMessage();
				}, (ours) -> {
					ServiceBusReceiver receiver = ours
						.receiver(ReceiverOptions.subscription(TwinOperation.TOPIC, TwinOperation.SUBSCRIPTION));
					receiver.complete(receiveOne(receiver));
					receiver.peek(1, 0);
				}).afterSending(1), TwinOperation.of("receive several with prefetch", (theirs) -> {
					var receiver = theirs.closeLater(
							theirs.receiverBuilder().queueName(TwinOperation.QUEUE).prefetchCount(10).buildClient());
					receiver.receiveMessages(3, WAIT).forEach(receiver::complete);
				}, (ours) -> {
					ServiceBusReceiver receiver = ours.receiver(QUEUE.withPrefetch(10));
					receiver.receive(3, WAIT).forEach(receiver::complete);
				}).afterSending(3));
	}

	private static List<TwinOperation> deferred() {
		return List.of(
				withDeferred("complete a deferred message", (receiver, message) -> receiver.complete(message),
						(receiver, message) -> receiver.complete(message)),
				withDeferred("renew the lock of a deferred message", (receiver, message) -> {
					receiver.renewMessageLock(message);
					receiver.complete(message);
				}, (receiver, message) -> {
					receiver.renewLock(message);
					receiver.complete(message);
				}),
				withDeferred("abandon a deferred message",
						(receiver, message) -> receiver.abandon(message,
								new AbandonOptions().setPropertiesToModify(CHANGES)),
						(receiver, message) -> receiver.abandon(message, CHANGES)),
				withDeferred("defer a deferred message",
						(receiver, message) -> receiver.defer(message,
								new DeferOptions().setPropertiesToModify(CHANGES)),
						(receiver, message) -> receiver.defer(message, CHANGES)),
				withDeferred("dead-letter a deferred message",
						(receiver, message) -> receiver.deadLetter(message, theirDeadLetter()),
						(receiver, message) -> receiver.deadLetter(message, ourDeadLetter())));
	}

	private static List<TwinOperation> managing() {
		return List.of(
				TwinOperation
					.of("peek one", (theirs) -> theirs.receiver().peekMessage(1),
							(ours) -> ours.receiver(QUEUE).peek(1, 1))
					.afterSending(1),
				TwinOperation.of("peek several", (theirs) -> theirs.receiver().peekMessages(5, 2).forEach((message) -> {
				}), (ours) -> ours.receiver(QUEUE).peek(5, 2)).afterSending(3));
	}

	private static TwinOperation with(String name,
			Settle<ServiceBusReceiverClient, com.azure.messaging.servicebus.ServiceBusReceivedMessage> theirs,
			Settle<ServiceBusReceiver, ServiceBusReceivedMessage> ours) {
		return TwinOperation.of(name, (clients) -> {
			ServiceBusReceiverClient receiver = clients.receiver();
			theirs.settle(receiver, clients.receiveOne(receiver));
		}, (client) -> {
			ServiceBusReceiver receiver = client.receiver(QUEUE);
			ours.settle(receiver, receiveOne(receiver));
		}).afterSending(1);
	}

	private static TwinOperation withDeferred(String name,
			Settle<ServiceBusReceiverClient, com.azure.messaging.servicebus.ServiceBusReceivedMessage> theirs,
			Settle<ServiceBusReceiver, ServiceBusReceivedMessage> ours) {
		return with(name, (receiver, message) -> {
			receiver.defer(message);
			theirs.settle(receiver, receiver.receiveDeferredMessage(message.getSequenceNumber()));
		}, (receiver, message) -> {
			receiver.defer(message);
			ours.settle(receiver, receiver.receiveDeferred(List.of(message.sequenceNumber())).get(0));
		});
	}

	static ServiceBusReceivedMessage receiveOne(ServiceBusReceiver receiver) {
		return receiver.receive(1, WAIT).get(0);
	}

	private static com.azure.messaging.servicebus.models.DeadLetterOptions theirDeadLetter() {
		return new com.azure.messaging.servicebus.models.DeadLetterOptions().setDeadLetterReason("bad")
			.setDeadLetterErrorDescription("very bad")
			.setPropertiesToModify(CHANGES);
	}

	private static DeadLetterOptions ourDeadLetter() {
		return DeadLetterOptions.of("bad", "very bad").withPropertiesToModify(CHANGES);
	}

	/**
	 * What becomes of a message in hand.
	 */
	@FunctionalInterface
	interface Settle<R, M> {

		void settle(R receiver, M message);

	}

}
