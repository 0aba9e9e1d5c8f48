package dev.servicebus.client.retry;

import java.time.Duration;

/**
 * What a failure says about trying again.
 */
public interface RetryableFailure {

	/**
	 * Returns whether the same operation may succeed when it is simply repeated later.
	 */
	boolean isTransient();

	/**
	 * How long to wait at least before the next attempt.
	 */
	default Duration pause() {
		return Duration.ZERO;
	}

}
