package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The message is not in a state that permits the operation: for example, settling a
 * message that was only peeked.
 */
public class MessageErrorException extends ServiceBusException {

	public MessageErrorException(ErrorContext context) {
		super(context);
	}

	public MessageErrorException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
