package dev.servicebus.client.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Leaves a part of every delay to chance, and gives a busy broker the time that it asks
 * for. Thread-safe.
 */
final class JitteredDelay implements PolicyRetrySchedule.DelayAdjustment {

	private static final double NANOS_PER_MILLI = 1e6;

	private final double jitter;

	private final RandomGenerator random;

	JitteredDelay(double jitter, RandomGenerator random) {
		this.jitter = jitter;
		this.random = random;
	}

	@Override
	public Duration adjust(Duration delay, Throwable failure) {
		Duration pause = (AsyncFailures.unwrap(failure) instanceof RetryableFailure retryable) ? retryable.pause()
				: Duration.ZERO;
		Duration whole = (delay.compareTo(pause) < 0) ? pause : delay;
		double part = 1 - this.jitter * this.random.nextDouble();
		return Duration.ofNanos((long) (whole.toMillis() * NANOS_PER_MILLI * part));
	}

}
