package dev.servicebus.client.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import dev.servicebus.client.ServiceBusServerBusyException;

/**
 * Leaves a part of every delay to chance, and gives a busy broker the time that it asks
 * for. Thread-safe.
 */
final class JitteredDelay implements PolicyRetrySchedule.DelayAdjustment {

	/** Coming back earlier only prolongs the throttling. */
	private static final Duration BUSY_DELAY = Duration.ofSeconds(10);

	private static final double NANOS_PER_MILLI = 1e6;

	private final double jitter;

	private final RandomGenerator random;

	JitteredDelay(double jitter, RandomGenerator random) {
		this.jitter = jitter;
		this.random = random;
	}

	@Override
	public Duration adjust(Duration delay, Throwable failure) {
		boolean busy = TransientFailureClassifier.unwrap(failure) instanceof ServiceBusServerBusyException;
		Duration whole = (busy && delay.compareTo(BUSY_DELAY) < 0) ? BUSY_DELAY : delay;
		double part = 1 - this.jitter * this.random.nextDouble();
		return Duration.ofNanos((long) (whole.toMillis() * NANOS_PER_MILLI * part));
	}

}
