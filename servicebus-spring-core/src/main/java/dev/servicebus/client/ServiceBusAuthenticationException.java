package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The broker does not accept the credential: wrong key, wrong signature, expired token.
 */
public class ServiceBusAuthenticationException extends ServiceBusException {

	public ServiceBusAuthenticationException(ErrorContext context) {
		super(context);
	}

	public ServiceBusAuthenticationException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
