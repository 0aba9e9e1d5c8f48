package dev.servicebus.benchmarks.contender;

/**
 * A contender cannot even begin.
 */
public class ContenderFailedException extends RuntimeException {

	ContenderFailedException(Throwable cause) {
		super(cause.getMessage(), cause);
	}

}
