package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * An entity or rule with this name exists already.
 */
public class MessagingEntityAlreadyExistsException extends ServiceBusException {

	public MessagingEntityAlreadyExistsException(ErrorContext context) {
		super(context);
	}

	public MessagingEntityAlreadyExistsException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
