package dev.servicebus.client;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.servicebus.message.MessageSettler;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Receives messages of one queue or subscription on request. Thread-safe.
 *
 * <p>
 * Blocking methods wait no longer than the operation timeout of the client, or of
 * {@link ReceiverOptions#retryOptions()}, or the wait that is given; they end in a
 * {@link ServiceBusException}.
 */
public interface ServiceBusReceiver extends MessageSettler, AutoCloseable {

	/** How many messages each request of a {@link #purge} deletes: as all tiers do. */
	int PURGED_AT_ONCE = 500;

	/**
	 * The path that is read, with its sub-queue.
	 */
	String entityPath();

	/**
	 * What is read, and how.
	 */
	ReceiverOptions options();

	/**
	 * Receives up to {@code maxMessages}: waits up to {@code maxWait} for the first one
	 * and returns as soon as no more are at hand. A wait of any length goes on while
	 * links and connections are lost and rebuilt.
	 * @return the messages, empty if none came in time
	 */
	List<ServiceBusReceivedMessage> receive(int maxMessages, Duration maxWait);

	/**
	 * Like {@link #receive(int, Duration)}, with the wait of the receiver's options.
	 */
	default List<ServiceBusReceivedMessage> receive(int maxMessages) {
		return receive(maxMessages, options().maxWait());
	}

	/**
	 * Like {@link #receive(int, Duration)}. Cancelling the future gives back what it had
	 * received.
	 */
	CompletableFuture<List<ServiceBusReceivedMessage>> receiveAsync(int maxMessages, Duration maxWait);

	/**
	 * Like {@link #receiveAsync(int, Duration)}, with the wait of the receiver's options.
	 */
	default CompletableFuture<List<ServiceBusReceivedMessage>> receiveAsync(int maxMessages) {
		return receiveAsync(maxMessages, options().maxWait());
	}

	/**
	 * Like {@link #stream(Duration)}, with the wait of the receiver's options.
	 */
	default Stream<ServiceBusReceivedMessage> stream() {
		return stream(options().maxWait());
	}

	/**
	 * Receives one message after another, each when it is asked for: the stream is lazy
	 * and ends when none has come within {@code maxWait}. A few more messages are fetched
	 * with each one that the broker is asked for. The stream can be left at any point:
	 * what was not handed out goes back when the stream is closed, otherwise before half
	 * of its lock has passed; in a session, and with prefetch, it waits for the next
	 * request and goes back with the receiver. In {@link ReceiveMode#RECEIVE_AND_DELETE}
	 * nothing is fetched ahead but what prefetch says.
	 */
	default Stream<ServiceBusReceivedMessage> stream(Duration maxWait) {
		return Stream.generate(() -> receive(1, maxWait))
			.takeWhile((messages) -> !messages.isEmpty())
			.flatMap(List::stream);
	}

	/**
	 * Looks at messages without locking them, in the order of their sequence numbers.
	 */
	List<ServiceBusReceivedMessage> peek(int maxMessages, long fromSequenceNumber);

	/**
	 * Like {@link #peek(int, long)}.
	 */
	CompletableFuture<List<ServiceBusReceivedMessage>> peekAsync(int maxMessages, long fromSequenceNumber);

	/**
	 * Deletes messages without receiving them, the oldest first. Those that are locked
	 * stay. What the service leaves out beside them, scheduled messages for example, is
	 * up to it; it refuses partitioned entities.
	 * @param maxMessages the most to delete; the service deletes at most 500 at once, or
	 * 4000 in its premium tier
	 * @param enqueuedBefore only messages that were enqueued before
	 * @return how many were deleted, 0 if there was none
	 */
	int deleteMessages(int maxMessages, OffsetDateTime enqueuedBefore);

	/**
	 * Like {@link #deleteMessages(int, OffsetDateTime)}.
	 */
	CompletableFuture<Integer> deleteMessagesAsync(int maxMessages, OffsetDateTime enqueuedBefore);

	/**
	 * {@linkplain #deleteMessages Deletes} messages until there is none left that can be.
	 * Each request has the time limit for itself.
	 * @param enqueuedBefore only messages that were enqueued before, so that there is an
	 * end while others send
	 * @return how many were deleted
	 */
	default long purge(OffsetDateTime enqueuedBefore) {
		long all = 0;
		for (int deleted = -1; deleted != 0; all += deleted) {
			deleted = deleteMessages(PURGED_AT_ONCE, enqueuedBefore);
		}
		return all;
	}

	/**
	 * Receives deferred messages by their sequence numbers.
	 * @throws MessageNotFoundException if one of them is not there
	 */
	List<ServiceBusReceivedMessage> receiveDeferred(List<Long> sequenceNumbers);

	/**
	 * Like {@link #receiveDeferred(List)}. Cancelling the future gives back what it had
	 * received: the messages are deferred as before.
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
	 * Settles a message in a transaction and waits until the broker has taken note. It
	 * stays locked until the commit; if the transaction is given up it can be settled
	 * again for as long as its lock holds.
	 */
	void settle(ServiceBusReceivedMessage message, Disposition disposition, ServiceBusTransaction transaction);

	/**
	 * Like
	 * {@link #settle(ServiceBusReceivedMessage, Disposition, ServiceBusTransaction)}.
	 */
	CompletableFuture<Void> settleAsync(ServiceBusReceivedMessage message, Disposition disposition,
			ServiceBusTransaction transaction);

	/**
	 * Completes a message: it is done with and leaves the entity.
	 */
	@Override
	default void complete(ServiceBusReceivedMessage message) {
		settle(message, new Disposition.Complete());
	}

	/**
	 * Like {@link #complete}.
	 */
	@Override
	default CompletableFuture<Void> completeAsync(ServiceBusReceivedMessage message) {
		return settleAsync(message, new Disposition.Complete());
	}

	/**
	 * Abandons a message: it is available again at once, and the attempt counts.
	 */
	default void abandon(ServiceBusReceivedMessage message) {
		abandon(message, Map.of());
	}

	/**
	 * Like {@link #abandon(ServiceBusReceivedMessage)}.
	 */
	default CompletableFuture<Void> abandonAsync(ServiceBusReceivedMessage message) {
		return abandonAsync(message, Map.of());
	}

	/**
	 * Abandons a message and sets application properties of it.
	 */
	@Override
	default void abandon(ServiceBusReceivedMessage message, Map<String, Object> propertiesToModify) {
		settle(message, new Disposition.Abandon(propertiesToModify));
	}

	/**
	 * Like {@link #abandon(ServiceBusReceivedMessage, Map)}.
	 */
	@Override
	default CompletableFuture<Void> abandonAsync(ServiceBusReceivedMessage message,
			Map<String, Object> propertiesToModify) {
		return settleAsync(message, new Disposition.Abandon(propertiesToModify));
	}

	/**
	 * Defers a message: it stays and can only be received by its sequence number.
	 */
	default void defer(ServiceBusReceivedMessage message) {
		defer(message, Map.of());
	}

	/**
	 * Like {@link #defer(ServiceBusReceivedMessage)}.
	 */
	default CompletableFuture<Void> deferAsync(ServiceBusReceivedMessage message) {
		return deferAsync(message, Map.of());
	}

	/**
	 * Defers a message and sets application properties of it.
	 */
	@Override
	default void defer(ServiceBusReceivedMessage message, Map<String, Object> propertiesToModify) {
		settle(message, new Disposition.Defer(propertiesToModify));
	}

	/**
	 * Like {@link #defer(ServiceBusReceivedMessage, Map)}.
	 */
	@Override
	default CompletableFuture<Void> deferAsync(ServiceBusReceivedMessage message,
			Map<String, Object> propertiesToModify) {
		return settleAsync(message, new Disposition.Defer(propertiesToModify));
	}

	/**
	 * Moves a message to the dead-letter queue.
	 */
	default void deadLetter(ServiceBusReceivedMessage message, DeadLetterOptions options) {
		settle(message, options.toDisposition());
	}

	/**
	 * Like {@link #deadLetter}.
	 */
	default CompletableFuture<Void> deadLetterAsync(ServiceBusReceivedMessage message, DeadLetterOptions options) {
		return settleAsync(message, options.toDisposition());
	}

	@Override
	default void deadLetter(ServiceBusReceivedMessage message, @Nullable String reason, @Nullable String description,
			Map<String, Object> propertiesToModify) {
		deadLetter(message, new DeadLetterOptions(reason, description, propertiesToModify));
	}

	@Override
	default CompletableFuture<Void> deadLetterAsync(ServiceBusReceivedMessage message, @Nullable String reason,
			@Nullable String description, Map<String, Object> propertiesToModify) {
		return deadLetterAsync(message, new DeadLetterOptions(reason, description, propertiesToModify));
	}

	/**
	 * Renews the lock of a message.
	 * @return the instant until which it is now locked
	 */
	@Override
	OffsetDateTime renewLock(ServiceBusReceivedMessage message);

	/**
	 * Like {@link #renewLock}.
	 */
	@Override
	CompletableFuture<OffsetDateTime> renewLockAsync(ServiceBusReceivedMessage message);

	/**
	 * Renews the lock of a message on its own until it is settled: what
	 * {@link AutoLockRenewer} is built on.
	 * @throws IllegalArgumentException if the message has no lock of its own
	 * @throws IllegalStateException if the receiver renews its locks anyway
	 */
	LockRenewal keepLocked(ServiceBusReceivedMessage message, LockRenewalOptions options);

	/**
	 * The same receiver with another time limit: every operation ends within
	 * {@code timeout}, all its attempts included. Closing one closes both.
	 */
	@Override
	ServiceBusReceiver withTimeout(Duration timeout);

	/**
	 * Gives back messages that were fetched but not handed out, and closes the link.
	 * Harmless when repeated.
	 */
	@Override
	void close();

}
