package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The request was sent, but its answer was lost: it may have been carried out or not.
 *
 * <p>
 * Not transient, because a repetition may carry it out twice. Look before repeating, or
 * make the operation idempotent, for example with duplicate detection.
 */
public class UnknownOutcomeException extends ServiceBusException {

	public UnknownOutcomeException(ErrorContext context) {
		super(context);
	}

	public UnknownOutcomeException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
