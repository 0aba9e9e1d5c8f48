package dev.servicebus.client.retry;

import java.time.Duration;
import java.util.Objects;

/**
 * How often and how fast a failed operation is tried again. Immutable.
 *
 * @param maxAttempts the number of attempts with the first one, at least 1; default
 * {@value #DEFAULT_MAX_ATTEMPTS}
 * @param mode how the delay develops; default {@link RetryMode#EXPONENTIAL}
 * @param delay the delay before the second attempt, at least one millisecond; default 0.8
 * seconds
 * @param maxDelay the longest delay, at least {@code delay}; default two minutes. A
 * {@linkplain RetryableFailure#pause() pause} that a failure asks for may be longer
 * @param multiplier by which the delay grows in mode {@link RetryMode#EXPONENTIAL}, at
 * least 1; default {@value #DEFAULT_MULTIPLIER}
 * @param jitter the part of a delay that is left to chance, from 0 to 1: the delay is
 * shortened by up to this part of it, so that many clients do not come back at the same
 * time; default {@value #DEFAULT_JITTER}
 * @param tryTimeout how long an operation may take, all its attempts included; default 60
 * seconds
 */
public record RetryOptions(int maxAttempts, RetryMode mode, Duration delay, Duration maxDelay, double multiplier,
		double jitter, Duration tryTimeout) {

	/** The first attempt and three more. */
	public static final int DEFAULT_MAX_ATTEMPTS = 4;

	/** The delay grows. */
	public static final RetryMode DEFAULT_MODE = RetryMode.EXPONENTIAL;

	/** 0.8 seconds before the second attempt. */
	public static final Duration DEFAULT_DELAY = Duration.ofMillis(800);

	/** Two minutes at most between attempts. */
	public static final Duration DEFAULT_MAX_DELAY = Duration.ofMinutes(2);

	/** Each delay is twice the one before. */
	public static final double DEFAULT_MULTIPLIER = 2.0;

	/** Half of a delay is left to chance. */
	public static final double DEFAULT_JITTER = 0.5;

	/** A minute for an operation with all its attempts. */
	public static final Duration DEFAULT_TRY_TIMEOUT = Duration.ofMinutes(1);

	private static final Duration MIN_DELAY = Duration.ofMillis(1);

	public RetryOptions {
		Objects.requireNonNull(mode, "mode");
		check(maxAttempts >= 1, "maxAttempts must be at least 1 but is " + maxAttempts);
		check(delay.compareTo(MIN_DELAY) >= 0, "delay must be at least 1 ms but is " + delay);
		check(maxDelay.compareTo(delay) >= 0,
				"maxDelay must not be shorter than delay (" + delay + ") but is " + maxDelay);
		check(multiplier >= 1 && Double.isFinite(multiplier), "multiplier must be at least 1 but is " + multiplier);
		check(jitter >= 0 && jitter <= 1, "jitter must be from 0 to 1 but is " + jitter);
		check(!tryTimeout.isNegative() && !tryTimeout.isZero(), "tryTimeout must be positive but is " + tryTimeout);
	}

	/**
	 * The options with all defaults.
	 */
	public static RetryOptions defaults() {
		return builder().build();
	}

	/**
	 * Begins with the defaults.
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Begins with these options.
	 */
	public Builder mutate() {
		return new Builder().maxAttempts(this.maxAttempts)
			.mode(this.mode)
			.delay(this.delay)
			.maxDelay(this.maxDelay)
			.multiplier(this.multiplier)
			.jitter(this.jitter)
			.tryTimeout(this.tryTimeout);
	}

	private static void check(boolean condition, String problem) {
		if (!condition) {
			throw new IllegalArgumentException(problem);
		}
	}

	/**
	 * Builds retry options; see {@link RetryOptions} for what each one means. Not
	 * thread-safe.
	 */
	public static final class Builder {

		private int maxAttempts = DEFAULT_MAX_ATTEMPTS;

		private RetryMode mode = DEFAULT_MODE;

		private Duration delay = DEFAULT_DELAY;

		private Duration maxDelay = DEFAULT_MAX_DELAY;

		private double multiplier = DEFAULT_MULTIPLIER;

		private double jitter = DEFAULT_JITTER;

		private Duration tryTimeout = DEFAULT_TRY_TIMEOUT;

		private Builder() {
		}

		public Builder maxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
			return this;
		}

		public Builder mode(RetryMode mode) {
			this.mode = mode;
			return this;
		}

		public Builder delay(Duration delay) {
			this.delay = delay;
			return this;
		}

		public Builder maxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
			return this;
		}

		public Builder multiplier(double multiplier) {
			this.multiplier = multiplier;
			return this;
		}

		public Builder jitter(double jitter) {
			this.jitter = jitter;
			return this;
		}

		public Builder tryTimeout(Duration tryTimeout) {
			this.tryTimeout = tryTimeout;
			return this;
		}

		/**
		 * Builds the options.
		 * @throws IllegalArgumentException naming the option that is out of range
		 */
		public RetryOptions build() {
			return new RetryOptions(this.maxAttempts, this.mode, this.delay, this.maxDelay, this.multiplier,
					this.jitter, this.tryTimeout);
		}

	}

}
