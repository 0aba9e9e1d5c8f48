package dev.servicebus.client.retry;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Finds failures in what futures wrap around them, which says nothing about them.
 */
public final class AsyncFailures {

	private AsyncFailures() {
	}

	/**
	 * Returns what a future has failed with.
	 * @param failure what a stage or a waiting thread was told
	 */
	public static Throwable unwrap(Throwable failure) {
		Throwable inner = failure;
		while ((inner instanceof CompletionException || inner instanceof ExecutionException)
				&& inner.getCause() != null) {
			inner = inner.getCause();
		}
		return inner;
	}

}
