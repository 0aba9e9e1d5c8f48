package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * A quota is used up: the size of the entity, the number of links, connections or tokens.
 * Repeating helps only after somebody has made room.
 */
public class ServiceBusQuotaExceededException extends ServiceBusException {

	public ServiceBusQuotaExceededException(ErrorContext context) {
		super(context);
	}

	public ServiceBusQuotaExceededException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
