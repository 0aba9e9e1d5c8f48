package dev.servicebus.listener;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Settles the message that a listener handles; in {@link SettlementMode#MANUAL} nobody
 * else does. Thread-safe, and of use beyond the return of the listener.
 *
 * <p>
 * A message is settled once: the first call wins, later ones end in a
 * {@code MessageAlreadySettledException}, also when the container has settled it, and in
 * a {@code MessageLockLostException} when its lock is lost. Every future completes when
 * the broker has confirmed, or fails with a {@code ServiceBusException}; nobody has to
 * wait for it, since the container reports failures, too.
 */
public interface Settlement {

	/**
	 * The message is done with.
	 */
	CompletableFuture<Void> complete();

	/**
	 * The message is available again at once, and the attempt counts.
	 */
	default CompletableFuture<Void> abandon() {
		return abandon(Map.of());
	}

	/**
	 * Like {@link #abandon()}.
	 * @param propertiesToModify application properties to set on the message
	 */
	CompletableFuture<Void> abandon(Map<String, Object> propertiesToModify);

	/**
	 * The message moves to the dead-letter queue.
	 * @param reason why, in few words; cut to 4096 characters
	 * @param description more about it; cut to 4096 characters
	 */
	default CompletableFuture<Void> deadLetter(String reason, String description) {
		return deadLetter(reason, description, Map.of());
	}

	/**
	 * Like {@link #deadLetter(String, String)}.
	 * @param propertiesToModify application properties to set on the message
	 */
	CompletableFuture<Void> deadLetter(String reason, String description, Map<String, Object> propertiesToModify);

	/**
	 * The message is set aside and can only be received by its sequence number.
	 */
	default CompletableFuture<Void> defer() {
		return defer(Map.of());
	}

	/**
	 * Like {@link #defer()}.
	 * @param propertiesToModify application properties to set on the message
	 */
	CompletableFuture<Void> defer(Map<String, Object> propertiesToModify);

	/**
	 * Returns whether the message is settled, or cannot be settled any more.
	 */
	boolean isSettled();

}
