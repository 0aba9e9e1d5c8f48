package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The broker did not accept a settlement, and gave no reason that has an exception class
 * of its own.
 */
public class MessageSettleFailedException extends ServiceBusException {

	public MessageSettleFailedException(ErrorContext context) {
		super(context);
	}

	public MessageSettleFailedException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

}
