package dev.servicebus.message;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Settles messages and renews their locks: where a received message takes its own
 * settlement to. The client's receivers are settlers; programs need one of their own only
 * in tests, see {@link ServiceBusReceivedMessage#settledBy}. Thread-safe.
 *
 * <p>
 * Blocking methods return when the broker has confirmed, futures complete then; both end
 * in a {@code ServiceBusException} of the client otherwise.
 */
public interface MessageSettler {

	/**
	 * The same settler with another time limit: every operation ends within
	 * {@code timeout}, all its attempts included.
	 */
	MessageSettler withTimeout(Duration timeout);

	/**
	 * Completes a message: it is done with and leaves the entity.
	 */
	void complete(ServiceBusReceivedMessage message);

	/**
	 * Like {@link #complete}.
	 */
	CompletableFuture<Void> completeAsync(ServiceBusReceivedMessage message);

	/**
	 * Abandons a message, which is available again at once, and sets application
	 * properties of it. The attempt counts.
	 */
	void abandon(ServiceBusReceivedMessage message, Map<String, Object> propertiesToModify);

	/**
	 * Like {@link #abandon}.
	 */
	CompletableFuture<Void> abandonAsync(ServiceBusReceivedMessage message, Map<String, Object> propertiesToModify);

	/**
	 * Defers a message, which can then only be received by its sequence number, and sets
	 * application properties of it.
	 */
	void defer(ServiceBusReceivedMessage message, Map<String, Object> propertiesToModify);

	/**
	 * Like {@link #defer}.
	 */
	CompletableFuture<Void> deferAsync(ServiceBusReceivedMessage message, Map<String, Object> propertiesToModify);

	/**
	 * Moves a message to the dead-letter queue and sets application properties of it.
	 * @param reason why, at most 4096 characters
	 * @param description more about it, at most as long
	 */
	void deadLetter(ServiceBusReceivedMessage message, @Nullable String reason, @Nullable String description,
			Map<String, Object> propertiesToModify);

	/**
	 * Like {@link #deadLetter}.
	 */
	CompletableFuture<Void> deadLetterAsync(ServiceBusReceivedMessage message, @Nullable String reason,
			@Nullable String description, Map<String, Object> propertiesToModify);

	/**
	 * Renews the lock of a message.
	 * @return the instant until which it is now locked
	 */
	OffsetDateTime renewLock(ServiceBusReceivedMessage message);

	/**
	 * Like {@link #renewLock}.
	 */
	CompletableFuture<OffsetDateTime> renewLockAsync(ServiceBusReceivedMessage message);

}
