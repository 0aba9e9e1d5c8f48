package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The lock of the session has run out or was taken away, and with it the locks of its
 * messages.
 */
public class SessionLockLostException extends ServiceBusException {

	public SessionLockLostException(ErrorContext context) {
		super(context);
	}

	public SessionLockLostException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
