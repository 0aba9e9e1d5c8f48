package dev.servicebus.emulator;

/**
 * The program cannot start as it was asked to. The message is one line for the user.
 */
final class StartException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	StartException(String message) {
		super(message.replaceAll("[\\s\\p{Cntrl}]+", " "));
	}

}
