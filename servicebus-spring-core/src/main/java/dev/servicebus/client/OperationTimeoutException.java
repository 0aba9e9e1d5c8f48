package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The broker, or this client, gave up waiting. Nothing has happened as far as is known;
 * see {@link UnknownOutcomeException} for the other case.
 */
public class OperationTimeoutException extends ServiceBusException {

	public OperationTimeoutException(ErrorContext context) {
		super(context);
	}

	public OperationTimeoutException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return true;
	}

}
