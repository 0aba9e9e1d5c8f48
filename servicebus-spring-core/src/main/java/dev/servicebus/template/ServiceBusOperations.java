package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Sends and receives messages. Thread-safe.
 *
 * <p>
 * A payload is any object that the converter takes; a Spring {@code Message} contributes
 * its headers, and a {@code ServiceBusMessage} is sent as it is. A destination is a queue
 * or topic; to receive and peek, also a subscription such as
 * {@code events/Subscriptions/audit}, and a dead-letter queue such as
 * {@code orders/$DeadLetterQueue}.
 *
 * <p>
 * Methods that take no destination use the default one, and fail with an
 * {@link IllegalStateException} if there is none. All fail with a
 * {@code MessageConversionException} if a payload or header cannot be converted, and with
 * a {@link dev.servicebus.client.ServiceBusException} if the operation fails or takes
 * longer than the client's operation timeout; futures fail with the latter.
 */
public interface ServiceBusOperations {

	/**
	 * Sends a message to the default destination and waits until the broker has it.
	 */
	void send(Object payload);

	/**
	 * Sends a message and waits until the broker has it.
	 */
	default void send(String destination, Object payload) {
		send(destination, payload, Map.of());
	}

	/**
	 * Sends a message with headers and waits until the broker has it.
	 * @param headers headers by the names of
	 * {@link dev.servicebus.converter.ServiceBusHeaders}, or application properties
	 */
	void send(String destination, Object payload, Map<String, ? extends @Nullable Object> headers);

	/**
	 * Sends a message.
	 * @return completes when the broker has it
	 */
	CompletableFuture<Void> sendAsync(String destination, Object payload);

	/**
	 * Begins a message to the default destination.
	 */
	OutgoingMessage message();

	/**
	 * Begins a message: {@code to("orders").body(order).messageId("7").send()}.
	 */
	OutgoingMessage to(String destination);

	/**
	 * Schedules a message.
	 * @return the sequence number by which it can be cancelled
	 */
	long schedule(String destination, Object payload, OffsetDateTime enqueueTime);

	/**
	 * Takes a scheduled message back.
	 * @throws dev.servicebus.client.MessageNotFoundException if it is not scheduled any
	 * more
	 */
	void cancel(String destination, long sequenceNumber);

	/**
	 * Receives the next message, converts it and completes it; it is gone when this
	 * method returns. A message that cannot be converted is moved to the dead-letter
	 * queue with the reason. For other settlements use a listener, or a receiver of the
	 * client.
	 * @param type what to convert the body to, or {@link ServiceBusReceivedMessage}
	 * @param timeout how long to wait for a message
	 * @return the payload, {@code null} if no message came in time
	 */
	<T> @Nullable T receive(String destination, Class<T> type, Duration timeout);

	/**
	 * Looks at the oldest messages without taking them.
	 */
	List<ServiceBusReceivedMessage> peek(String destination, int maxMessages);

}
