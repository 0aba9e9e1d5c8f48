package dev.servicebus.emulator.admin.atom;

/**
 * A document is no XML that is read here. It is an answer to a client and not a fault of
 * the emulator, so it carries no stack trace; the message is one line.
 */
public final class MalformedXmlException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MalformedXmlException(String message) {
		super(message, null, false, false);
	}

}
