package dev.servicebus.client;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.message.ServiceBusMessage;

/**
 * Sends messages to one queue or topic. Thread-safe; may be kept for the life of its
 * client and used from everywhere.
 *
 * <p>
 * Blocking methods wait no longer than the client's operation timeout, all retries
 * included; their futures fail within it, too. Both end in a {@link ServiceBusException}.
 */
public interface ServiceBusSender extends AutoCloseable {

	/**
	 * The queue or topic.
	 */
	String entityPath();

	/**
	 * Sends a message and waits until the broker has it.
	 */
	void send(ServiceBusMessage message);

	/**
	 * Sends a message.
	 * @return completes when the broker has it
	 */
	CompletableFuture<Void> sendAsync(ServiceBusMessage message);

	/**
	 * Sends messages as one batch: all of them or none.
	 * @throws MessageSizeExceededException if they do not fit into one batch; then
	 * nothing is sent
	 */
	void send(List<ServiceBusMessage> messages);

	/**
	 * Sends messages as one batch: all of them or none.
	 */
	CompletableFuture<Void> sendAsync(List<ServiceBusMessage> messages);

	/**
	 * Schedules a message.
	 * @return the sequence number by which it can be cancelled
	 */
	long schedule(ServiceBusMessage message, OffsetDateTime enqueueTime);

	/**
	 * Schedules messages in one request.
	 * @return their sequence numbers in the same order
	 */
	CompletableFuture<List<Long>> scheduleAsync(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime);

	/**
	 * Takes scheduled messages back.
	 * @throws MessageNotFoundException if one of them is not scheduled any more
	 */
	void cancelScheduled(List<Long> sequenceNumbers);

	/**
	 * Takes scheduled messages back.
	 */
	CompletableFuture<Void> cancelScheduledAsync(List<Long> sequenceNumbers);

	/**
	 * Closes the link; sends under way end first. Harmless when repeated.
	 */
	@Override
	void close();

}
