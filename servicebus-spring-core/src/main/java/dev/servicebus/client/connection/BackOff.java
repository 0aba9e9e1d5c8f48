package dev.servicebus.client.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delays between attempts to rebuild something. The first attempt after a healthy
 * time is immediate; later ones wait twice as long each time, up to a limit, with a part
 * left to chance so that many clients do not come back together. Only useful work makes
 * the time healthy again: an attempt that seems to succeed and fails at once does not.
 */
final class BackOff {

	static final Duration FIRST_DELAY = Duration.ofMillis(100);

	private static final int MAX_DOUBLINGS = 30;

	private final Duration limit;

	private final RandomGenerator random;

	private int failures;

	BackOff(Duration limit, RandomGenerator random) {
		this.limit = limit;
		this.random = random;
	}

	/**
	 * Notes a failure and returns how long to wait before the next attempt.
	 */
	Duration next() {
		int failure = this.failures;
		if (this.failures <= MAX_DOUBLINGS) {
			this.failures++;
		}
		return (failure == 0) ? Duration.ZERO : withJitter(FIRST_DELAY.multipliedBy(1L << (failure - 1)));
	}

	/**
	 * Like {@link #next()}, but waits at least {@code minimum}, whatever the limit is.
	 */
	Duration next(Duration minimum) {
		Duration delay = next();
		Duration least = withJitter(minimum);
		return (delay.compareTo(least) > 0) ? delay : least;
	}

	/**
	 * What was rebuilt has been of use.
	 */
	void usefulWork() {
		this.failures = 0;
	}

	private Duration withJitter(Duration delay) {
		Duration whole = (delay.compareTo(this.limit) > 0) ? this.limit : delay;
		return Duration.ofNanos((long) (whole.toNanos() * this.random.nextDouble(0.5, 1)));
	}

}
