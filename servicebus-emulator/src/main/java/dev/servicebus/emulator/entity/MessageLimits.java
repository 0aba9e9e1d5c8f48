package dev.servicebus.emulator.entity;

import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * What Service Bus does not take in a message, whatever the entity.
 */
final class MessageLimits {

	private static final int MAX_ID_LENGTH = 128;

	/** For all properties and annotations of a message together, in bytes. */
	private static final int MAX_PROPERTIES_SIZE = 64 * 1024;

	/** For one application property: characters of a text, or bytes. */
	private static final int MAX_PROPERTY_SIZE = 32 * 1024;

	private MessageLimits() {
	}

	/**
	 * Refuses a message that violates a limit.
	 * @throws BrokerException as an argument error that names what is wrong
	 */
	static void check(MessageContent message) {
		checkId("message id", message.messageId());
		checkId("session id", message.sessionId());
		checkId("partition key", message.partitionKey());
		checkId("reply-to session id", message.property("ReplyToSessionId"));
		checkPartition(message.sessionId(), message.partitionKey());
		// A message that is small as a whole has no large parts.
		if (message.size() > MAX_PROPERTY_SIZE) {
			message.applicationProperties().forEach(MessageLimits::checkProperty);
		}
		if (message.size() > MAX_PROPERTIES_SIZE) {
			checkPropertiesSize(message.propertiesSize());
		}
	}

	static void checkId(String name, @Nullable Object value) {
		if (value instanceof String text && text.length() > MAX_ID_LENGTH) {
			throw invalid("The " + name + " of a message must not be longer than " + MAX_ID_LENGTH
					+ " characters but has " + text.length() + ".");
		}
	}

	private static void checkPartition(@Nullable String sessionId, @Nullable String partitionKey) {
		if (sessionId != null && partitionKey != null && !sessionId.equals(partitionKey)) {
			throw invalid("A message that has both a session id and a partition key must have the same value in"
					+ " them, but they are '" + sessionId + "' and '" + partitionKey + "'.");
		}
	}

	private static void checkProperty(String name, @Nullable Object value) {
		int size = (value instanceof String text) ? text.length() : (value instanceof byte[] bytes) ? bytes.length : 0;
		if (size > MAX_PROPERTY_SIZE) {
			throw invalid("An application property must not be larger than " + MAX_PROPERTY_SIZE + " bytes, but '"
					+ abbreviate(name) + "' has " + size + ".");
		}
	}

	private static void checkPropertiesSize(long size) {
		if (size > MAX_PROPERTIES_SIZE) {
			throw invalid("The properties of a message must not be larger than " + MAX_PROPERTIES_SIZE
					+ " bytes together, but are " + size + ".");
		}
	}

	private static String abbreviate(String name) {
		return (name.length() > MAX_ID_LENGTH) ? name.substring(0, MAX_ID_LENGTH) + "..." : name;
	}

	private static BrokerException invalid(String text) {
		return new BrokerException(BrokerError.ARGUMENT_ERROR, text);
	}

}
