package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * Another operation on the entity is under way, or has changed it in between.
 */
public class MessagingEntityConflictException extends ServiceBusException {

	public MessagingEntityConflictException(ErrorContext context) {
		super(context);
	}

	public MessagingEntityConflictException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return true;
	}

}
