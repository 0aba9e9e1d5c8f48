package dev.servicebus.client.twin;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import dev.servicebus.client.DeadLetterOptions;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.SessionReceiver;

/**
 * Accepting sessions, and what is done in them.
 */
final class SessionOperations {

	private static final byte[] STATE = "state".getBytes(StandardCharsets.UTF_8);

	private static final ReceiverOptions QUEUE = ReceiverOptions.queue(TwinOperation.SESSIONS);

	private SessionOperations() {
	}

	static List<TwinOperation> all() {
		return List.of(TwinOperation.of("receive from the next session", (theirs) -> {
			var receiver = theirs.closeLater(theirs.sessions().acceptNextSession());
			receiver.complete(theirs.receiveOne(receiver));
		}, (ours) -> {
			SessionReceiver receiver = ours.acceptNextSession(QUEUE, ReceiveOperations.WAIT);
			receiver.complete(ReceiveOperations.receiveOne(receiver));
			receiver.close();
		}).afterSending(1),
				with("receive from a session", (theirs, receiver) -> receiver.complete(theirs.receiveOne(receiver)),
						(receiver) -> receiver.complete(ReceiveOperations.receiveOne(receiver))),
				with("dead-letter in a session", (theirs, receiver) -> receiver.deadLetter(theirs.receiveOne(receiver)),
						(receiver) -> receiver.deadLetter(ReceiveOperations.receiveOne(receiver),
								DeadLetterOptions.DEFAULTS)),
				with("get and set session state", (theirs, receiver) -> {
					receiver.setSessionState(STATE);
					receiver.getSessionState();
				}, (receiver) -> {
					receiver.session().setState(STATE);
					receiver.session().getState();
				}),
				with("clear session state", (theirs, receiver) -> receiver.setSessionState(null),
						(receiver) -> receiver.session().setState(null)),
				with("renew a session lock", (theirs, receiver) -> receiver.renewSessionLock(),
						(receiver) -> receiver.session().renewLock()),
				with("peek in a session", (theirs, receiver) -> receiver.peekMessage(1),
						(receiver) -> receiver.peek(1, 1)),
				with("settle a deferred message of a session", (theirs, receiver) -> {
					var message = theirs.receiveOne(receiver);
					receiver.defer(message);
					receiver.complete(receiver.receiveDeferredMessage(message.getSequenceNumber()));
				}, (receiver) -> {
					var message = ReceiveOperations.receiveOne(receiver);
					receiver.defer(message);
					receiver.complete(receiver.receiveDeferred(List.of(message.sequenceNumber())).get(0));
				}));
	}

	private static TwinOperation with(String name, Theirs theirs, TwinOperation.Work<SessionReceiver> ours) {
		return TwinOperation.of(name, (clients) -> {
			ServiceBusReceiverClient receiver = clients.closeLater(clients.sessions().acceptSession("s"));
			theirs.run(clients, receiver);
		}, (client) -> {
			try (SessionReceiver receiver = client.acceptSession(QUEUE, "s")) {
				ours.run(receiver);
			}
		}).afterSending(1);
	}

	/**
	 * What Microsoft's client does in a session.
	 */
	@FunctionalInterface
	private interface Theirs {

		void run(TheirClients clients, ServiceBusReceiverClient receiver);

	}

}
