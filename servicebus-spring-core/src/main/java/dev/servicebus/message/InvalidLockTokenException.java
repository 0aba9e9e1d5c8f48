package dev.servicebus.message;

/**
 * A delivery tag is not a lock token. The message can still be settled on the link that
 * brought it, but its lock can neither be renewed nor settled in any other way.
 */
public class InvalidLockTokenException extends IllegalArgumentException {

	InvalidLockTokenException(int length) {
		super("Delivery tag of a locked message must have 16 bytes but has " + length);
	}

}
