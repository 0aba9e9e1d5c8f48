package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * A message or batch is larger than the link allows. Nothing was sent.
 */
public class MessageSizeExceededException extends ServiceBusException {

	public MessageSizeExceededException(ErrorContext context) {
		super(context);
	}

	public MessageSizeExceededException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
