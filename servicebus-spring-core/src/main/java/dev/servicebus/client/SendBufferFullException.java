package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * More messages are under way than this client keeps: they were handed in faster than the
 * broker takes them, or while there was no connection. The message was not sent. Wait for
 * earlier sends to end, then send again.
 */
public class SendBufferFullException extends ServiceBusException {

	public SendBufferFullException(ErrorContext context) {
		super(context);
	}

	public SendBufferFullException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return true;
	}

}
