package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The automatic renewal of a lock was refused; the lock is lost or will be.
 */
public class AutoLockRenewFailedException extends ServiceBusException {

	public AutoLockRenewFailedException(ErrorContext context) {
		super(context);
	}

	public AutoLockRenewFailedException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
