package dev.servicebus.listener;

import org.jspecify.annotations.Nullable;

/**
 * A listener container could not receive at its start, and its options say that it has
 * to.
 */
public class ListenerStartupException extends RuntimeException {

	private final @Nullable String advice;

	public ListenerStartupException(String message, @Nullable Throwable cause) {
		this(message, null, cause);
	}

	/**
	 * Makes an exception.
	 * @param message what happened
	 * @param advice what can be done about it, {@code null} if that is not known
	 */
	public ListenerStartupException(String message, @Nullable String advice, @Nullable Throwable cause) {
		super(message, cause);
		this.advice = advice;
	}

	/**
	 * What can be done about it, in a sentence or two; {@code null} if that is not known.
	 */
	public @Nullable String advice() {
		return this.advice;
	}

}
