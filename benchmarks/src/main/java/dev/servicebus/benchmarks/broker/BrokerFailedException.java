package dev.servicebus.benchmarks.broker;

import org.jspecify.annotations.Nullable;

/**
 * A broker has ended, or does not do what it is told.
 */
public class BrokerFailedException extends RuntimeException {

	public BrokerFailedException(String message) {
		this(message, null);
	}

	public BrokerFailedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
