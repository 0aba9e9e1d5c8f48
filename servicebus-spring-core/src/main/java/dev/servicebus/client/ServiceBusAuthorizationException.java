package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The credential is valid but does not permit the operation on this entity.
 */
public class ServiceBusAuthorizationException extends ServiceBusException {

	public ServiceBusAuthorizationException(ErrorContext context) {
		super(context);
	}

	public ServiceBusAuthorizationException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
