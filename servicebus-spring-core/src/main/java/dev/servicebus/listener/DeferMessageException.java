package dev.servicebus.listener;

import org.jspecify.annotations.Nullable;

/**
 * Sets the message aside: it can only be received by its sequence number.
 */
public final class DeferMessageException extends OutcomeException {

	private static final long serialVersionUID = 1L;

	public DeferMessageException(String message) {
		this(message, null);
	}

	public DeferMessageException(String message, @Nullable Throwable cause) {
		super(Outcome.defer(), message, cause);
	}

}
