package dev.servicebus.emulator.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message as its sender wrote it, with the few attributes that the broker acts on. What
 * else is in it is the business of those who put it in and take it out. Never changes.
 */
public interface MessageContent {

	/**
	 * The message's id, of whatever type AMQP allows.
	 */
	@Nullable Object messageId();

	/**
	 * The session that the message belongs to. The empty string is a session, too.
	 */
	@Nullable String sessionId();

	/**
	 * The key that keeps messages together on a partitioned entity.
	 */
	@Nullable String partitionKey();

	/**
	 * How long the message is worth delivering, {@code null} if the sender did not say.
	 */
	@Nullable Duration timeToLive();

	/**
	 * When the message shall become active, {@code null} for at once.
	 */
	@Nullable Instant scheduledEnqueueTime();

	/**
	 * The encoded size in bytes.
	 */
	long size();

	/**
	 * The encoded size of the message without its body, in bytes.
	 */
	default long propertiesSize() {
		return 0;
	}

	/**
	 * The sender's application properties, not to be modified.
	 */
	Map<String, @Nullable Object> applicationProperties();

	/**
	 * A property that the broker does not act on itself, by its name in rules:
	 * {@code CorrelationId}, {@code ContentType}, {@code Label}, {@code ReplyTo},
	 * {@code ReplyToSessionId}, {@code To} or {@code ViaPartitionKey}.
	 * @param name the name
	 * @return {@code null} if the message does not have it
	 */
	default @Nullable Object property(String name) {
		return null;
	}

	/**
	 * This message with other properties, as the actions of rules make it.
	 * @param changes new values of the broker's own properties by their names in rules;
	 * {@code null} takes one away, and those that are not named stay
	 * @param newApplicationProperties all application properties
	 * @throws UnsupportedOperationException if there is no way to write such a message
	 */
	default MessageContent withProperties(Map<String, @Nullable Object> changes,
			Map<String, @Nullable Object> newApplicationProperties) {
		throw new UnsupportedOperationException("Properties of " + getClass().getName() + " cannot be changed");
	}

}
