package dev.servicebus.listener;

import org.jspecify.annotations.Nullable;

/**
 * Moves the message to the dead-letter queue at once.
 */
public final class DeadLetterMessageException extends OutcomeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes an exception.
	 * @param reason why, in few words
	 * @param description more about it
	 */
	public DeadLetterMessageException(String reason, String description) {
		this(reason, description, null);
	}

	/**
	 * Makes an exception.
	 * @param reason why, in few words
	 * @param description more about it
	 * @param cause what has happened
	 */
	public DeadLetterMessageException(String reason, String description, @Nullable Throwable cause) {
		super(Outcome.deadLetter(reason, description), reason + ": " + description, cause);
	}

}
