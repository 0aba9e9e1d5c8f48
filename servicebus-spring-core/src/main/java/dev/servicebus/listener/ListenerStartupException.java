package dev.servicebus.listener;

import org.jspecify.annotations.Nullable;

/**
 * A listener container could not receive at its start, and its options say that it has
 * to.
 */
public class ListenerStartupException extends RuntimeException {

	public ListenerStartupException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
