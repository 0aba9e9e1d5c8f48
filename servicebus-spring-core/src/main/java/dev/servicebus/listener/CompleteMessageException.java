package dev.servicebus.listener;

import org.jspecify.annotations.Nullable;

/**
 * Lets the message count as handled although the listener has broken off.
 */
public final class CompleteMessageException extends OutcomeException {

	private static final long serialVersionUID = 1L;

	public CompleteMessageException(String message) {
		this(message, null);
	}

	public CompleteMessageException(String message, @Nullable Throwable cause) {
		super(Outcome.complete(), message, cause);
	}

}
