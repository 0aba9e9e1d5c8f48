package dev.servicebus.template;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusMessage;

/**
 * Makes the ids of messages that are sent without one. An id is made once: whatever the
 * client sends again carries the same. An entity with duplicate detection drops a message
 * whose id it has seen in its time window, so an id that follows from what is sent also
 * protects against a caller that sends the same again. Thread-safe.
 */
@FunctionalInterface
public interface MessageIdGenerator {

	/**
	 * Makes an id of at most {@value ServiceBusMessage#MAX_ID_LENGTH} characters.
	 * @param payload what the message was made of
	 * @param message the message, without an id
	 * @return the id, {@code null} to leave it to the client
	 */
	@Nullable String messageId(Object payload, ServiceBusMessage message);

	/**
	 * A new id for each message. The ids of one process begin alike, and end in a number.
	 */
	static MessageIdGenerator unique() {
		return UniqueMessageIds.INSTANCE;
	}

	/**
	 * The same id for the same message: its body and all that it says, but for how long
	 * it lives and when it is enqueued. Only for entities to which the same message is
	 * never to be sent twice.
	 */
	static MessageIdGenerator ofContent() {
		return ContentMessageIds.INSTANCE;
	}

	/**
	 * Leaves ids to the client.
	 */
	static MessageIdGenerator none() {
		return UniqueMessageIds.NONE;
	}

}
