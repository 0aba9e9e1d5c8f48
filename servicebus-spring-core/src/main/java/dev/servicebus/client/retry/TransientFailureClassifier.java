package dev.servicebus.client.retry;

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
		return AsyncFailures.unwrap(failure) instanceof RetryableFailure retryable && retryable.isTransient();
	}

}
