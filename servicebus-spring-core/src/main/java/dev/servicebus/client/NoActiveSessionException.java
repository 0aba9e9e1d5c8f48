package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * No session had messages within the time that was waited.
 */
public class NoActiveSessionException extends ServiceBusException {

	public NoActiveSessionException(ErrorContext context) {
		super(context);
	}

	public NoActiveSessionException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return true;
	}

}
