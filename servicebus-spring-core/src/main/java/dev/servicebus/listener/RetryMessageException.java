package dev.servicebus.listener;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Hands the message to the listener again after a delay of its own choice. The attempt
 * counts: after the last one the message is dead-lettered.
 */
public final class RetryMessageException extends OutcomeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes an exception.
	 * @param delay how long to wait, not negative
	 */
	public RetryMessageException(Duration delay) {
		this(delay, "to be tried again in " + delay, null);
	}

	/**
	 * Makes an exception.
	 * @param delay how long to wait, not negative
	 * @param cause what has happened
	 */
	public RetryMessageException(Duration delay, String message, @Nullable Throwable cause) {
		super(Outcome.retryAfter(delay), message, cause);
	}

}
