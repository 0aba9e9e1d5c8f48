package dev.servicebus.benchmarks.scenario;

import org.jspecify.annotations.Nullable;

/**
 * A contender has not done what it was asked to, so that its figures mean nothing.
 */
public class RoundFailedException extends RuntimeException {

	public RoundFailedException(String message) {
		this(message, null);
	}

	public RoundFailedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
