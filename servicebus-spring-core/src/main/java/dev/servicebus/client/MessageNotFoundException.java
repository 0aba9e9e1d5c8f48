package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * A message that was asked for by its sequence number is not there, or not in the state
 * that the operation needs.
 */
public class MessageNotFoundException extends ServiceBusException {

	public MessageNotFoundException(ErrorContext context) {
		super(context);
	}

	public MessageNotFoundException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
