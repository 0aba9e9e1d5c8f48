package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * Another receiver holds the session.
 */
public class SessionCannotBeLockedException extends ServiceBusException {

	public SessionCannotBeLockedException(ErrorContext context) {
		super(context);
	}

	public SessionCannotBeLockedException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
