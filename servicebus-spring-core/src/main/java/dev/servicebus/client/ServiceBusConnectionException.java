package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The connection, or the link in use, was ended while it was needed. The client makes a
 * new one by itself.
 */
public class ServiceBusConnectionException extends ServiceBusException {

	public ServiceBusConnectionException(ErrorContext context) {
		super(context);
	}

	public ServiceBusConnectionException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return true;
	}

}
