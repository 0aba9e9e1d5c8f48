package dev.servicebus.client.retry;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.springframework.classify.BinaryExceptionClassifier;

/**
 * Tells spring-retry which failures may pass. Thread-safe.
 */
final class TransientFailureClassifier extends BinaryExceptionClassifier {

	TransientFailureClassifier() {
		super(false);
	}

	@Override
	public Boolean classify(Throwable failure) {
		return unwrap(failure) instanceof RetryableFailure retryable && retryable.isTransient();
	}

	/**
	 * What futures wrap around a failure says nothing about it.
	 */
	static Throwable unwrap(Throwable failure) {
		Throwable inner = failure;
		while ((inner instanceof CompletionException || inner instanceof ExecutionException)
				&& inner.getCause() != null) {
			inner = inner.getCause();
		}
		return inner;
	}

}
