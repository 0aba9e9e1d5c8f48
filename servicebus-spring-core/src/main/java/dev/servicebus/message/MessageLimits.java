package dev.servicebus.message;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What the service takes in the fields of a message.
 */
final class MessageLimits {

	private static final Duration SHORTEST_LIFE = Duration.ofMillis(1);

	private static final int MAX_ASCII = 0x7F;

	private MessageLimits() {
	}

	/**
	 * An id or key that is not too long.
	 */
	static @Nullable String id(String name, @Nullable String value) {
		if (value != null && value.length() > ServiceBusMessage.MAX_ID_LENGTH) {
			throw new IllegalArgumentException(name + " must have at most " + ServiceBusMessage.MAX_ID_LENGTH
					+ " characters but has " + value.length());
		}
		return value;
	}

	/**
	 * A text that AMQP carries as a symbol.
	 */
	static @Nullable String ascii(String name, @Nullable String value) {
		for (int i = 0; value != null && i < value.length(); i++) {
			if (value.charAt(i) > MAX_ASCII) {
				throw new IllegalArgumentException(name + " must be ASCII");
			}
		}
		return value;
	}

	/**
	 * A life that is long enough to be told.
	 */
	static @Nullable Duration timeToLive(@Nullable Duration value) {
		if (value != null && value.compareTo(SHORTEST_LIFE) < 0) {
			throw new IllegalArgumentException("timeToLive must be at least 1 ms but is " + value);
		}
		return value;
	}

	/**
	 * Two names of what decides about the partition, which must not contradict.
	 */
	static void partition(@Nullable String sessionId, @Nullable String partitionKey) {
		if (sessionId != null && partitionKey != null && !sessionId.equals(partitionKey)) {
			throw new IllegalArgumentException("partitionKey must equal sessionId when both are set");
		}
	}

}
