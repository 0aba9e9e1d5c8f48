package dev.servicebus.listener;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Handles the messages of a listener container.
 *
 * <p>
 * Called by as many threads at once as the container's concurrency allows. It may block.
 */
@FunctionalInterface
public interface MessageListener {

	/**
	 * Handles one message. To return is to have handled it, unless
	 * {@link ListenerContext#settleAfter} says otherwise; to throw leaves the decision to
	 * the {@link ErrorHandler}.
	 */
	void onMessage(ServiceBusReceivedMessage message, ListenerContext context) throws Exception;

}
