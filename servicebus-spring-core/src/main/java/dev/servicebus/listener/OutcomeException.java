package dev.servicebus.listener;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a listener that knows what should become of its message. It may be wrapped in
 * other exceptions. An {@link ErrorHandler} is asked as for any failure, and finds the
 * outcome in the proposal.
 */
public abstract sealed class OutcomeException extends RuntimeException
		permits AbandonMessageException, CompleteMessageException, DeadLetterMessageException, DeferMessageException,
		ProblemReplyException, RetryMessageException {

	private static final long serialVersionUID = 1L;

	private final transient Outcome outcome;

	OutcomeException(Outcome outcome, @Nullable String message, @Nullable Throwable cause) {
		super(message, cause);
		this.outcome = outcome;
	}

	/**
	 * What should become of the message.
	 */
	public final Outcome outcome() {
		return this.outcome;
	}

}
