package dev.servicebus.emulator.rule;

/**
 * A rule that cannot be made, added or removed. The message is one clear line for the
 * client.
 */
public class RuleException extends RuntimeException {

	private final Reason reason;

	RuleException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	public final Reason reason() {
		return this.reason;
	}

	/**
	 * Why it cannot be.
	 */
	public enum Reason {

		/** A name, filter or action is not valid. */
		INVALID,

		/** The subscription has a rule of that name. */
		ALREADY_EXISTS,

		/** The subscription has no rule of that name. */
		NOT_FOUND

	}

}
