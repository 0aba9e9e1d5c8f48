package dev.servicebus.listener;

import org.jspecify.annotations.Nullable;

/**
 * Makes the message available again at once, to whoever comes first. Its delivery count
 * rises.
 */
public final class AbandonMessageException extends OutcomeException {

	private static final long serialVersionUID = 1L;

	public AbandonMessageException(String message) {
		this(message, null);
	}

	public AbandonMessageException(String message, @Nullable Throwable cause) {
		super(Outcome.abandon(), message, cause);
	}

}
