package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The lock of the message has run out or was taken away. The message comes again, to this
 * receiver or another one.
 */
public class MessageLockLostException extends ServiceBusException {

	public MessageLockLostException(ErrorContext context) {
		super(context);
	}

	public MessageLockLostException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return false;
	}

}
