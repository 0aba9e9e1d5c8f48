package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The entity exists but is disabled for sending, receiving or both.
 */
public class MessagingEntityDisabledException extends ServiceBusException {

	public MessagingEntityDisabledException(ErrorContext context) {
		super(context);
	}

	public MessagingEntityDisabledException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
