package dev.servicebus.message;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Names messages that are sent without an id, once each: whatever is sent again after a
 * lost answer carries the same id, and so the broker's duplicate detection can tell.
 * Implementations are thread-safe and never name two messages alike.
 */
@FunctionalInterface
public interface MessageIds {

	/**
	 * Makes an id of at most {@value ServiceBusMessage#MAX_ID_LENGTH} characters.
	 * @return the id, {@code null} to send the message without one
	 */
	@Nullable String next();

	/**
	 * The message itself if it has an id, otherwise one that is like it and has the next
	 * one.
	 */
	default ServiceBusMessage identify(ServiceBusMessage message) {
		String id = (message.messageId() == null) ? next() : null;
		return (id != null) ? message.withMessageId(id) : message;
	}

	/**
	 * Leaves messages without an id as they are.
	 */
	static MessageIds none() {
		return () -> null;
	}

	/**
	 * Numbers the messages of one sender.
	 * @param prefix what no other sender's ids begin with
	 */
	static MessageIds numbered(String prefix) {
		Objects.requireNonNull(prefix, "prefix");
		AtomicLong number = new AtomicLong();
		return () -> prefix + "-" + Long.toString(number.getAndIncrement(), Character.MAX_RADIX);
	}

}
