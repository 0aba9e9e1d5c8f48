package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The message was settled before; the first settlement stands.
 */
public class MessageAlreadySettledException extends ServiceBusException {

	public MessageAlreadySettledException(ErrorContext context) {
		super(context);
	}

	public MessageAlreadySettledException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
