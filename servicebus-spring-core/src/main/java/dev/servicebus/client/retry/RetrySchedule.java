package dev.servicebus.client.retry;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.SleepingBackOffPolicy;

/**
 * Says when a failed operation is tried again. It never waits itself. Thread-safe.
 */
public interface RetrySchedule {

	/**
	 * Begins the attempts of one operation.
	 */
	Attempts start();

	/**
	 * The schedule that these options describe: transient failures are tried again, and
	 * nothing else.
	 * @param options how often and how fast
	 * @param random draws the jitter; must be thread-safe
	 */
	static RetrySchedule of(RetryOptions options, RandomGenerator random) {
		return PolicyRetrySchedule.of(options, random);
	}

	/**
	 * The schedule that these options describe, for every failure.
	 * @param options how often and how fast
	 * @param random draws the jitter; must be thread-safe
	 */
	static RetrySchedule ofAnyFailure(RetryOptions options, RandomGenerator random) {
		return PolicyRetrySchedule.ofAnyFailure(options, random);
	}

	/**
	 * A schedule that follows policies of one's own to the letter.
	 * @param policy says whether there is another attempt
	 * @param backOff says how long to wait for it; its sleeper is replaced
	 */
	static RetrySchedule of(RetryPolicy policy, SleepingBackOffPolicy<?> backOff) {
		return PolicyRetrySchedule.of(policy, backOff);
	}

	/**
	 * The attempts of one operation. Used by one thread at a time.
	 */
	interface Attempts {

		/**
		 * Notes that an attempt has failed.
		 * @return how long to wait before the next one, empty if there is none
		 */
		Optional<Duration> next(Throwable failure);

	}

}
