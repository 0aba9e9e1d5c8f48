package dev.servicebus.benchmarks;

/**
 * The command line cannot be understood.
 */
class UsageException extends RuntimeException {

	UsageException(String message) {
		super(message);
	}

}
