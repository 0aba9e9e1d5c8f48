package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The broker cannot be reached, or the transport to it broke.
 */
public class ServiceBusCommunicationException extends ServiceBusException {

	public ServiceBusCommunicationException(ErrorContext context) {
		super(context);
	}

	public ServiceBusCommunicationException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return true;
	}

}
