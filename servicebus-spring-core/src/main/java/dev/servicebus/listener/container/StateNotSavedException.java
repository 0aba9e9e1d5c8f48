package dev.servicebus.listener.container;

/**
 * The state of a session could not be stored, so the message was not settled either.
 */
final class StateNotSavedException extends RuntimeException {

	StateNotSavedException(Throwable cause) {
		super("The state of the session could not be stored: " + cause.getMessage(), cause);
	}

}
