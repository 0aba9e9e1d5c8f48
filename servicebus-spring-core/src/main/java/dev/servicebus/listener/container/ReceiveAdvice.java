package dev.servicebus.listener.container;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.MessagingEntityDisabledException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusAuthorizationException;
import dev.servicebus.client.ServiceBusCommunicationException;

/**
 * Says what can be done about a container that cannot receive.
 */
final class ReceiveAdvice {

	private ReceiveAdvice() {
	}

	/**
	 * The advice, {@code null} if there is none.
	 */
	static @Nullable String of(Throwable failure) {
		if (failure instanceof MessagingEntityNotFoundException) {
			return "Create the queue or subscription, or correct its name. With the startup policy 'lazy' the"
					+ " application starts and waits for it.";
		}
		if (failure instanceof MessagingEntityDisabledException) {
			return "Set the status of the queue or subscription to Active or SendDisabled.";
		}
		if (failure instanceof ServiceBusAuthorizationException) {
			return "Give the credential the claim Listen, or the role Azure Service Bus Data Receiver, for this queue"
					+ " or subscription.";
		}
		if (failure instanceof ServiceBusAuthenticationException) {
			return "Correct the connection string or the credential.";
		}
		if (failure instanceof ServiceBusCommunicationException || failure instanceof OperationTimeoutException) {
			return "Check that the namespace exists and can be reached from here: its name, the network, the proxy.";
		}
		return ofSessions(String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT));
	}

	/** There is no condition for this, only a text. */
	private static @Nullable String ofSessions(String text) {
		if (text.contains("not require sessions")) {
			return "The queue or subscription has no sessions: remove sessions = \"true\" from the listener.";
		}
		if (text.contains("requires sessions")) {
			return "The queue or subscription requires sessions: set sessions = \"true\" for the listener.";
		}
		return null;
	}

}
