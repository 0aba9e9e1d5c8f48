package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The broker is throttling. Retries wait longer than after other failures.
 */
public class ServiceBusServerBusyException extends ServiceBusException {

	public ServiceBusServerBusyException(ErrorContext context) {
		super(context);
	}

	public ServiceBusServerBusyException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return true;
	}

}
