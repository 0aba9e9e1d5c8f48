package dev.servicebus.listener;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Has the last word on the replies of listener methods before they are sent, those that
 * tell of a failure included. Thread-safe. All beans of this type are called, in their
 * order.
 */
@FunctionalInterface
public interface ReplyPostProcessor {

	/**
	 * Called with a reply, whose correlation and session ids are set. What it throws is a
	 * failure of the listener.
	 * @param reply what is about to be sent
	 * @param request what it answers
	 * @param listenerId the id of the listener that answers
	 * @return what is sent
	 */
	ServiceBusMessage postProcess(ServiceBusMessage reply, ServiceBusReceivedMessage request, String listenerId);

}
