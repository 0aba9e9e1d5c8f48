package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The automatic renewal of a lock has reached its maximum duration.
 */
public class AutoLockRenewTimeoutException extends ServiceBusException {

	public AutoLockRenewTimeoutException(ErrorContext context) {
		super(context);
	}

	public AutoLockRenewTimeoutException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
