package dev.servicebus.emulator.entity;

import java.util.Map;

import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.store.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What messages can be forwarded to: a queue or a topic.
 */
interface ForwardTarget {

	/**
	 * Takes a message from another entity.
	 * @throws dev.servicebus.emulator.store.BrokerException if it must not; it has then
	 * done nothing
	 */
	void takeForwarded(Forwarded message);

	/**
	 * A message on its way from one entity to another.
	 *
	 * @param content the message as it was sent
	 * @param origin where it was
	 * @param properties the application properties that were set on it since
	 */
	record Forwarded(MessageContent content, Origin origin, Map<String, @Nullable Object> properties) {

	}

}
