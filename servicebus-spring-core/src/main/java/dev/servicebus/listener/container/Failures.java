package dev.servicebus.listener.container;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Looks through the wrappers of failed futures.
 */
final class Failures {

	private Failures() {
	}

	static Throwable unwrap(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
		return (wrapper && cause != null) ? cause : failure;
	}

}
