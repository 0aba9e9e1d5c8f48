package dev.servicebus.emulator.rule;

/**
 * An expression has no result for a message, for example because it divides by zero. The
 * message is what a dead letter carries as its description.
 */
public final class FilterException extends RuntimeException {

	/**
	 * Has no stack trace: it says something about a message, not about the code, and may
	 * come with every message.
	 */
	FilterException(String message) {
		super(message, null, false, false);
	}

}
