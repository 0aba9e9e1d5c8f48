package dev.servicebus.listener.invoke;

import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.listener.MessageListener;

/**
 * Handles the payloads of messages, for listeners that are declared in code. Thread-safe
 * if the concurrency of the listener is above 1.
 *
 * @param <T> the type of the payloads
 */
@FunctionalInterface
public interface PayloadListener<T> {

	/**
	 * Handles a payload. The message is completed when this returns, and tried again when
	 * it throws.
	 */
	void onPayload(T payload) throws Exception;

	/**
	 * A listener of messages. Those that cannot be converted are dead-lettered at once.
	 * @param converter makes the payloads
	 * @param type what they are to be
	 * @param listener gets them
	 */
	static <T> MessageListener of(ServiceBusMessageConverter converter, Class<T> type, PayloadListener<T> listener) {
		return (message, context) -> listener.onPayload(converter.fromServiceBusMessage(message, type));
	}

}
