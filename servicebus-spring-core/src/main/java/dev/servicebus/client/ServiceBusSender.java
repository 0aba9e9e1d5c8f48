package dev.servicebus.client;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Sends messages to one queue or topic. Thread-safe; may be kept for the life of its
 * client and used from everywhere.
 *
 * <p>
 * Blocking methods wait no longer than the {@linkplain #withTimeout timeout}, all retries
 * included; their futures fail within it, too. Both end in a {@link ServiceBusException}.
 *
 * <p>
 * A message without an id gets one, once: whatever is sent again after a lost answer
 * carries the same id, so that duplicate detection can tell. Who sends a message again by
 * hand sets an id of their own before the first time.
 */
public interface ServiceBusSender extends AutoCloseable {

	/**
	 * The queue or topic.
	 */
	String entityPath();

	/**
	 * The same sender with another time limit for each operation, all its attempts
	 * included. Closing it closes the sender. Default: the client's operation timeout.
	 */
	ServiceBusSender withTimeout(Duration timeout);

	/**
	 * The same sender with retry options of its own, their time limit included. Closing
	 * it closes the sender. Default: the options of the client.
	 */
	ServiceBusSender withRetryOptions(RetryOptions options);

	/**
	 * The same sender within a transaction: what it sends and schedules is done when the
	 * transaction is committed. Its methods end when the broker has taken note. Taking
	 * scheduled messages back is no part of a transaction and is refused.
	 * @throws IllegalArgumentException if the transaction is one of another client
	 */
	ServiceBusSender inTransaction(ServiceBusTransaction transaction);

	/**
	 * Sends a message and waits until the broker has it.
	 * @throws SendBufferFullException if too much is under way
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
	 * Sends the messages of a batch: all of them or none. Must not be called while
	 * another thread adds to the batch.
	 * @throws IllegalArgumentException if the batch is empty
	 */
	void send(ServiceBusMessageBatch batch);

	/**
	 * Like {@link #send(ServiceBusMessageBatch)}. What is added to the batch after the
	 * call is not sent.
	 */
	CompletableFuture<Void> sendAsync(ServiceBusMessageBatch batch);

	/**
	 * Makes a batch of the largest size that the broker takes, which is known when the
	 * link is there.
	 */
	ServiceBusMessageBatch createMessageBatch();

	/**
	 * Like {@link #createMessageBatch()}.
	 */
	CompletableFuture<ServiceBusMessageBatch> createMessageBatchAsync();

	/**
	 * Makes a batch.
	 * @param maxSizeInBytes the most bytes that it may have
	 * @throws MessageSizeExceededException if the broker takes less than that
	 */
	ServiceBusMessageBatch createMessageBatch(int maxSizeInBytes);

	/**
	 * Like {@link #createMessageBatch(int)}.
	 */
	CompletableFuture<ServiceBusMessageBatch> createMessageBatchAsync(int maxSizeInBytes);

	/**
	 * Schedules a message.
	 * @return the sequence number by which it can be cancelled
	 */
	default long schedule(ServiceBusMessage message, OffsetDateTime enqueueTime) {
		return schedule(List.of(message), enqueueTime).get(0);
	}

	/**
	 * Like {@link #schedule(ServiceBusMessage, OffsetDateTime)}.
	 */
	default CompletableFuture<Long> scheduleAsync(ServiceBusMessage message, OffsetDateTime enqueueTime) {
		return scheduleAsync(List.of(message), enqueueTime).thenApply((numbers) -> numbers.get(0));
	}

	/**
	 * Schedules messages in one request.
	 * @return their sequence numbers in the same order
	 */
	List<Long> schedule(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime);

	/**
	 * Like {@link #schedule(List, OffsetDateTime)}.
	 */
	CompletableFuture<List<Long>> scheduleAsync(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime);

	/**
	 * Takes a scheduled message back.
	 * @throws MessageNotFoundException if it is not scheduled any more
	 */
	default void cancelScheduled(long sequenceNumber) {
		cancelScheduled(List.of(sequenceNumber));
	}

	/**
	 * Like {@link #cancelScheduled(long)}.
	 */
	default CompletableFuture<Void> cancelScheduledAsync(long sequenceNumber) {
		return cancelScheduledAsync(List.of(sequenceNumber));
	}

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
