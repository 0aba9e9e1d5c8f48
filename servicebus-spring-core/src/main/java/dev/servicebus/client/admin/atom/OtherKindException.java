package dev.servicebus.client.admin.atom;

/**
 * A document describes something, but not what was asked for: queues and topics share
 * their names.
 */
public final class OtherKindException extends MalformedDocumentException {

	OtherKindException(String kind, String expected) {
		super("it holds a '" + kind + "' where '" + expected + "' was expected");
	}

}
