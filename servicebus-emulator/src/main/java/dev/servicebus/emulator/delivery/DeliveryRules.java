package dev.servicebus.emulator.delivery;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How one queue treats its messages. Immutable.
 *
 * @param lockDuration how long a delivery is locked, from now and after each renewal
 * @param maxDeliveryCount after how many failed deliveries a message is dead-lettered
 * @param defaultTimeToLive the most that a message may live
 * @param expiration what becomes of a message that has outlived its time
 */
public record DeliveryRules(Duration lockDuration, int maxDeliveryCount, Duration defaultTimeToLive,
		Expiration expiration) {

	/** The value of {@link #maxDeliveryCount()} that no message reaches. */
	public static final int UNLIMITED = Integer.MAX_VALUE;

	/** The longest time to live that Service Bus knows: for ever. */
	public static final Duration FOREVER = Duration.parse("P10675199DT2H48M5.4775807S");

	/**
	 * The rules of a dead-letter queue: messages neither expire nor leave it for failed
	 * deliveries, which do not count there.
	 */
	public static DeliveryRules deadLetterQueue(Duration lockDuration) {
		return new DeliveryRules(lockDuration, UNLIMITED, FOREVER, Expiration.NONE);
	}

	/**
	 * How long a message lives here: what its sender asked for, at most the default.
	 * @return {@link #FOREVER} if it does not expire
	 */
	Duration timeToLive(@Nullable Duration requested) {
		if (this.expiration == Expiration.NONE) {
			return FOREVER;
		}
		return (requested != null && requested.compareTo(this.defaultTimeToLive) < 0) ? requested
				: this.defaultTimeToLive;
	}

	/**
	 * What becomes of a message that has outlived its time.
	 */
	public enum Expiration {

		/** Messages do not expire. */
		NONE,

		/** It is dropped. */
		DROP,

		/** It is moved to the dead-letter queue. */
		DEAD_LETTER

	}

}
