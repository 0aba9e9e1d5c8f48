package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * A transaction cannot go on or be committed, and nothing of it was done: it was refused,
 * took too long, was lost with its connection, or has ended before. Begin another one and
 * do its work again.
 *
 * <p>
 * Not transient, because repeating the same step in the same transaction cannot help. A
 * commit of which nobody knows whether it worked ends in an
 * {@link UnknownOutcomeException} instead.
 */
public class TransactionException extends ServiceBusException {

	public TransactionException(ErrorContext context) {
		super(context);
	}

	public TransactionException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
