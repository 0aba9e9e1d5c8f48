package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * What is known about the broker's clock: instants that it names are compared with ours
 * only here. Confined to the loop.
 */
final class BrokerTime {

	/** The service allows no longer lock; what seems longer is a clock that differs. */
	private static final Duration MAX_LOCK = Duration.ofMinutes(5);

	private final InstantSource clock;

	/** How far the broker's clock is known to be ahead of ours. */
	private Duration ahead = Duration.ZERO;

	BrokerTime(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Learns from an instant that has passed on the broker's clock.
	 */
	void hasPassed(@Nullable OffsetDateTime brokerTime) {
		if (brokerTime != null) {
			Duration difference = Duration.between(this.clock.instant(), brokerTime.toInstant());
			if (difference.compareTo(this.ahead) > 0) {
				this.ahead = difference;
			}
		}
	}

	/**
	 * How long a lock lasts, at most {@link #MAX_LOCK}; zero if it has run out or is not
	 * known.
	 */
	Duration remaining(@Nullable OffsetDateTime lockedUntil) {
		if (lockedUntil == null) {
			return Duration.ZERO;
		}
		Duration remaining = Duration.between(this.clock.instant().plus(this.ahead), lockedUntil.toInstant());
		if (remaining.isNegative()) {
			return Duration.ZERO;
		}
		return (remaining.compareTo(MAX_LOCK) > 0) ? MAX_LOCK : remaining;
	}

}
