package dev.servicebus.client;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Receives messages of one queue or subscription on request. Thread-safe.
 *
 * <p>
 * Blocking methods wait no longer than the client's operation timeout, or the wait that
 * is given; they end in a {@link ServiceBusException}.
 */
public interface ServiceBusReceiver extends AutoCloseable {

	/**
	 * The path that is read, with its sub-queue.
	 */
	String entityPath();

	/**
	 * Receives up to {@code maxMessages}: waits up to {@code maxWait} for the first one
	 * and returns as soon as no more are at hand.
	 * @return the messages, empty if none came in time
	 */
	List<ServiceBusReceivedMessage> receive(int maxMessages, Duration maxWait);

	/**
	 * Like {@link #receive(int, Duration)}. Cancelling the future gives back what it had
	 * received.
	 */
	CompletableFuture<List<ServiceBusReceivedMessage>> receiveAsync(int maxMessages, Duration maxWait);

	/**
	 * Looks at messages without locking them, in the order of their sequence numbers.
	 */
	List<ServiceBusReceivedMessage> peek(int maxMessages, long fromSequenceNumber);

	/**
	 * Like {@link #peek(int, long)}.
	 */
	CompletableFuture<List<ServiceBusReceivedMessage>> peekAsync(int maxMessages, long fromSequenceNumber);

	/**
	 * Receives deferred messages by their sequence numbers.
	 * @throws MessageNotFoundException if one of them is not there
	 */
	List<ServiceBusReceivedMessage> receiveDeferred(List<Long> sequenceNumbers);

	/**
	 * Like {@link #receiveDeferred(List)}.
	 */
	CompletableFuture<List<ServiceBusReceivedMessage>> receiveDeferredAsync(List<Long> sequenceNumbers);

	/**
	 * Settles a message and waits until the broker has confirmed.
	 */
	void settle(ServiceBusReceivedMessage message, Disposition disposition);

	/**
	 * Settles a message.
	 * @return completes when the broker has confirmed
	 */
	CompletableFuture<Void> settleAsync(ServiceBusReceivedMessage message, Disposition disposition);

	/**
	 * Completes a message.
	 */
	default void complete(ServiceBusReceivedMessage message) {
		settle(message, new Disposition.Complete());
	}

	/**
	 * Renews the lock of a message.
	 * @return the instant until which it is now locked
	 */
	OffsetDateTime renewLock(ServiceBusReceivedMessage message);

	/**
	 * Like {@link #renewLock}.
	 */
	CompletableFuture<OffsetDateTime> renewLockAsync(ServiceBusReceivedMessage message);

	/**
	 * Gives back messages that were fetched but not handed out, and closes the link.
	 * Harmless when repeated.
	 */
	@Override
	void close();

}
