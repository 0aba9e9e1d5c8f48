package dev.servicebus.converter;

import java.time.InstantSource;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Maps headers to what a message says beside its body, and back. Thread-safe.
 */
public interface HeaderMapper {

	/**
	 * Sets what headers stand for, the content type included.
	 * @throws IllegalArgumentException naming the header whose value does not fit
	 */
	void toMessage(Map<String, ? extends @Nullable Object> headers, ServiceBusMessage.Builder message);

	/**
	 * Collects the headers of a received message.
	 */
	Map<String, Object> toHeaders(ServiceBusReceivedMessage message);

	/**
	 * Headers by the names of {@link ServiceBusHeaders} and of Spring Cloud Azure are
	 * properties of the message, all others application properties.
	 */
	static HeaderMapper standard() {
		return of(HeaderPatterns.ALL, HeaderPatterns.ALL);
	}

	/**
	 * Like {@link #standard()}, with a choice of those that are application properties.
	 * @param sent which are sent
	 * @param received which are shown as headers of received messages
	 */
	static HeaderMapper of(HeaderPatterns sent, HeaderPatterns received) {
		return new StandardHeaderMapper(sent, received, InstantSource.system());
	}

}
