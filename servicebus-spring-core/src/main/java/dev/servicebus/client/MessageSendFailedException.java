package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The broker did not take a message, and gave no reason that has an exception class of
 * its own.
 */
public class MessageSendFailedException extends ServiceBusException {

	public MessageSendFailedException(ErrorContext context) {
		super(context);
	}

	public MessageSendFailedException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

}
