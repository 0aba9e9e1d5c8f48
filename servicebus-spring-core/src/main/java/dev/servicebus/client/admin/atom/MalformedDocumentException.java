package dev.servicebus.client.admin.atom;

import org.jspecify.annotations.Nullable;

/**
 * A document is not what was expected. The message names what is wrong with it.
 */
public class MalformedDocumentException extends RuntimeException {

	MalformedDocumentException(String problem) {
		this(problem, null);
	}

	MalformedDocumentException(String problem, @Nullable Throwable cause) {
		super(problem, cause);
	}

}
