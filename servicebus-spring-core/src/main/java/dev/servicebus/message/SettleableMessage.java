package dev.servicebus.message;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The settlement of one message by itself: everything goes to the receiver from which the
 * message came, or to the settlement of the listener that handles it. Thread-safe.
 *
 * <p>
 * A message is settled once: later calls end in a {@code MessageAlreadySettledException}.
 * What was peeked, or received in mode {@code RECEIVE_AND_DELETE}, has no lock and is
 * refused with a {@code MessageErrorException}. Each method throws an
 * {@link IllegalStateException} for messages that nobody has received: those that a test
 * has made, and those of a {@code MessageSource}, which settles them itself.
 */
public abstract sealed class SettleableMessage permits ServiceBusReceivedMessage, SettleableMessage.WithTimeout {

	SettleableMessage() {
	}

	abstract ServiceBusReceivedMessage message();

	/**
	 * Who settles the message.
	 * @throws IllegalStateException if nobody does
	 */
	abstract MessageSettler settler();

	/**
	 * The settlement of this message with another time limit: every operation ends within
	 * {@code timeout}, all its attempts included. Default: that of the receiver.
	 */
	public SettleableMessage withTimeout(Duration timeout) {
		return new WithTimeout(message(), settler().withTimeout(timeout));
	}

	/**
	 * Completes the message: it is done with and leaves the entity.
	 */
	public void complete() {
		settler().complete(message());
	}

	/**
	 * Like {@link #complete()}.
	 */
	public CompletableFuture<Void> completeAsync() {
		return settler().completeAsync(message());
	}

	/**
	 * Abandons the message: it is available again at once, and the attempt counts.
	 */
	public void abandon() {
		abandon(Map.of());
	}

	/**
	 * Abandons the message and sets application properties of it.
	 */
	public void abandon(Map<String, Object> propertiesToModify) {
		settler().abandon(message(), propertiesToModify);
	}

	/**
	 * Like {@link #abandon(Map)}.
	 */
	public CompletableFuture<Void> abandonAsync(Map<String, Object> propertiesToModify) {
		return settler().abandonAsync(message(), propertiesToModify);
	}

	/**
	 * Defers the message: it stays and can only be received by its sequence number.
	 */
	public void defer() {
		defer(Map.of());
	}

	/**
	 * Defers the message and sets application properties of it.
	 */
	public void defer(Map<String, Object> propertiesToModify) {
		settler().defer(message(), propertiesToModify);
	}

	/**
	 * Like {@link #defer(Map)}.
	 */
	public CompletableFuture<Void> deferAsync(Map<String, Object> propertiesToModify) {
		return settler().deferAsync(message(), propertiesToModify);
	}

	/**
	 * Moves the message to the dead-letter queue.
	 * @param reason why, at most 4096 characters
	 * @param description more about it, at most as long
	 */
	public void deadLetter(@Nullable String reason, @Nullable String description) {
		deadLetter(reason, description, Map.of());
	}

	/**
	 * Moves the message to the dead-letter queue and sets application properties of it.
	 * @param reason why, at most 4096 characters
	 * @param description more about it, at most as long
	 */
	public void deadLetter(@Nullable String reason, @Nullable String description,
			Map<String, Object> propertiesToModify) {
		settler().deadLetter(message(), reason, description, propertiesToModify);
	}

	/**
	 * Like {@link #deadLetter(String, String, Map)}.
	 */
	public CompletableFuture<Void> deadLetterAsync(@Nullable String reason, @Nullable String description,
			Map<String, Object> propertiesToModify) {
		return settler().deadLetterAsync(message(), reason, description, propertiesToModify);
	}

	/**
	 * Renews the lock of the message.
	 * @return the instant until which it is now locked
	 */
	public OffsetDateTime renewLock() {
		return settler().renewLock(message());
	}

	/**
	 * Like {@link #renewLock()}.
	 */
	public CompletableFuture<OffsetDateTime> renewLockAsync() {
		return settler().renewLockAsync(message());
	}

	/**
	 * A message whose settlement has a time limit of its own.
	 */
	static final class WithTimeout extends SettleableMessage {

		private final ServiceBusReceivedMessage message;

		private final MessageSettler settler;

		WithTimeout(ServiceBusReceivedMessage message, MessageSettler settler) {
			this.message = message;
			this.settler = Objects.requireNonNull(settler, "settler");
		}

		@Override
		ServiceBusReceivedMessage message() {
			return this.message;
		}

		@Override
		MessageSettler settler() {
			return this.settler;
		}

	}

}
