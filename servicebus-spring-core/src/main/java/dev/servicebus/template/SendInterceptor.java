package dev.servicebus.template;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusMessage;

/**
 * Does something before and after each message that a template sends, schedules or sends
 * as a request. Interceptors of a template are asked in their order before the send, and
 * in the opposite one after it. Thread-safe.
 */
public interface SendInterceptor {

	/**
	 * A message is about to be sent, on the thread of the caller. To throw is a failure
	 * of the send. A message of several (<code>sendAll</code>) is shown before any of
	 * them is sent.
	 * @param destination the queue or topic
	 * @param message the message, converted and with its id unless that is left to the
	 * client, as an interceptor before this one may have replaced it
	 * @return what to send
	 */
	default ServiceBusMessage before(String destination, ServiceBusMessage message) {
		return message;
	}

	/**
	 * The broker has the message, or the send has failed, all its attempts included.
	 * Called once for each {@link #before} that returned, on the thread on which the send
	 * ended, which must not be blocked; what it throws is logged and changes nothing. In
	 * a transaction, the broker has the message when it has taken note of it.
	 * @param message the message as it was sent
	 * @param failure why it was not sent, or perhaps not; {@code null} if it was
	 */
	default void after(String destination, ServiceBusMessage message, @Nullable Throwable failure) {
	}

}
