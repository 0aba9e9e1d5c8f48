package dev.servicebus.listener;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Says which messages a listener gets. The others are completed without it, which a
 * {@link ListenerMonitor} hears of. Where the broker can filter, with the rules of a
 * subscription, let it. Thread-safe.
 */
@FunctionalInterface
public interface MessageFilter {

	/**
	 * Returns whether the listener gets a message. To throw is a failure of the handling.
	 */
	boolean accepts(ServiceBusReceivedMessage message) throws Exception;

}
