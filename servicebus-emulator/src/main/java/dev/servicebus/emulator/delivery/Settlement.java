package dev.servicebus.emulator.delivery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver decides about a message that it has locked. Immutable.
 *
 * @param outcome what becomes of the message
 * @param propertiesToModify application properties to set on the message; a value may be
 * {@code null}
 */
public record Settlement(Outcome outcome, Map<String, @Nullable Object> propertiesToModify) {

	/** The longest reason or description, in characters. */
	public static final int MAX_TEXT_LENGTH = 4096;

	private static final Settlement COMPLETE = new Settlement(Outcome.COMPLETE, Map.of());

	private static final Settlement RELEASE = new Settlement(Outcome.RELEASE, Map.of());

	public Settlement {
		propertiesToModify = propertiesToModify.isEmpty() ? Map.of()
				: Collections.unmodifiableMap(new LinkedHashMap<>(propertiesToModify));
	}

	public static Settlement complete() {
		return COMPLETE;
	}

	public static Settlement release() {
		return RELEASE;
	}

	public static Settlement abandon(Map<String, @Nullable Object> propertiesToModify) {
		return new Settlement(Outcome.ABANDON, propertiesToModify);
	}

	public static Settlement defer(Map<String, @Nullable Object> propertiesToModify) {
		return new Settlement(Outcome.DEFER, propertiesToModify);
	}

	/**
	 * Moves the message to the dead-letter queue.
	 * @param reason becomes the property {@code DeadLetterReason}, if there is one
	 * @param description becomes the property {@code DeadLetterErrorDescription}, if
	 * there is one
	 * @param propertiesToModify further properties
	 * @throws BrokerException if reason or description have more than
	 * {@value #MAX_TEXT_LENGTH} characters
	 */
	public static Settlement deadLetter(@Nullable String reason, @Nullable String description,
			Map<String, @Nullable Object> propertiesToModify) {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>(propertiesToModify);
		putText(properties, DeadLetterReason.REASON_PROPERTY, reason);
		putText(properties, DeadLetterReason.DESCRIPTION_PROPERTY, description);
		return new Settlement(Outcome.DEAD_LETTER, properties);
	}

	private static void putText(Map<String, @Nullable Object> properties, String name, @Nullable String text) {
		if (text == null) {
			return;
		}
		if (text.length() > MAX_TEXT_LENGTH) {
			throw new BrokerException(BrokerError.ARGUMENT_ERROR, name + " must not be longer than " + MAX_TEXT_LENGTH
					+ " characters but has " + text.length() + ".");
		}
		properties.put(name, text);
	}

	/**
	 * What becomes of a message.
	 */
	public enum Outcome {

		/** It is done with and leaves the entity. */
		COMPLETE,

		/** It is available again at once; the delivery counts as failed. */
		ABANDON,

		/** It is set aside, to be received by its sequence number. */
		DEFER,

		/** It moves to the dead-letter queue. */
		DEAD_LETTER,

		/** It is available again at once, as if it had not been delivered. */
		RELEASE

	}

}
