package dev.servicebus.client;

import java.util.Map;

import dev.servicebus.message.ApplicationProperties;
import org.jspecify.annotations.Nullable;

/**
 * Why a message goes to the dead-letter queue. Immutable.
 *
 * @param reason why, at most {@value Disposition.DeadLetter#MAX_TEXT_LENGTH} characters
 * @param errorDescription more about it, at most as long
 * @param propertiesToModify application properties to set on the message; their names are
 * ASCII
 */
public record DeadLetterOptions(@Nullable String reason, @Nullable String errorDescription,
		Map<String, Object> propertiesToModify) {

	/** No reason and no changes. */
	public static final DeadLetterOptions DEFAULTS = new DeadLetterOptions(null, null, Map.of());

	public DeadLetterOptions {
		propertiesToModify = ApplicationProperties.toModify(propertiesToModify);
	}

	/**
	 * Gives a reason.
	 */
	public static DeadLetterOptions of(@Nullable String reason, @Nullable String errorDescription) {
		return new DeadLetterOptions(reason, errorDescription, Map.of());
	}

	public DeadLetterOptions withPropertiesToModify(Map<String, Object> newProperties) {
		return new DeadLetterOptions(this.reason, this.errorDescription, newProperties);
	}

	/**
	 * The same as a disposition.
	 */
	public Disposition toDisposition() {
		return new Disposition.DeadLetter(this.reason, this.errorDescription, this.propertiesToModify);
	}

}
