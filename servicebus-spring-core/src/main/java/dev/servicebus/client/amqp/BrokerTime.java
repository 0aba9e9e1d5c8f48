package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What is known about the broker's clock: instants that it names are compared with ours
 * only here. Confined to the loop.
 */
final class BrokerTime {

	/** The service allows no longer lock; what seems longer is a clock that differs. */
	private static final Duration MAX_LOCK = Duration.ofMinutes(5);

	private static final long UNKNOWN = Long.MIN_VALUE;

	private final InstantSource clock;

	/** How many milliseconds the broker's clock is known to be ahead of ours. */
	private long ahead;

	BrokerTime(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Learns from an instant that has passed on the broker's clock.
	 */
	void hasPassed(@Nullable OffsetDateTime brokerTime) {
		if (brokerTime != null) {
			this.ahead = Math.max(this.ahead, millis(brokerTime) - this.clock.millis());
		}
	}

	/**
	 * How long a lock lasts, at most {@link #MAX_LOCK}; zero if it has run out or is not
	 * known.
	 */
	Duration remaining(@Nullable OffsetDateTime lockedUntil) {
		return Duration.ofMillis(remaining(millis(lockedUntil)));
	}

	/**
	 * Like {@link #remaining(OffsetDateTime)}, in milliseconds.
	 * @param lockedUntil a result of {@link #millis}
	 */
	long remaining(long lockedUntil) {
		if (lockedUntil == UNKNOWN) {
			return 0;
		}
		return Math.min(MAX_LOCK.toMillis(), Math.max(0, lockedUntil - this.clock.millis() - this.ahead));
	}

	/**
	 * An instant as milliseconds since 1970: a number of which millions can be kept. The
	 * broker names no smaller fractions.
	 */
	static long millis(@Nullable OffsetDateTime instant) {
		if (instant == null) {
			return UNKNOWN;
		}
		return TimeUnit.SECONDS.toMillis(instant.toEpochSecond()) + TimeUnit.NANOSECONDS.toMillis(instant.getNano());
	}

}
