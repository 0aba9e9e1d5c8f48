package dev.servicebus.client;

import dev.servicebus.amqp.transport.ConnectFailedException;
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

	/**
	 * Returns whether trying again may help: not where the certificate is not trusted, or
	 * a proxy or server refuses this client, for example.
	 */
	@Override
	public boolean isTransient() {
		return !(getCause() instanceof ConnectFailedException failure && failure.isPermanent());
	}

}
