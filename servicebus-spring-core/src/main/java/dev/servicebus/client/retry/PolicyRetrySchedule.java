package dev.servicebus.client.retry;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.springframework.classify.BinaryExceptionClassifier;
import org.springframework.retry.RetryContext;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.backoff.ExponentialBackOffPolicy;
import org.springframework.retry.backoff.FixedBackOffPolicy;
import org.springframework.retry.backoff.SleepingBackOffPolicy;
import org.springframework.retry.policy.SimpleRetryPolicy;

/**
 * A schedule out of spring-retry's policies. They mean to sleep; the sleeper that they
 * get here only notes for how long.
 */
final class PolicyRetrySchedule implements RetrySchedule {

	private static final BinaryExceptionClassifier ANY_FAILURE = new BinaryExceptionClassifier(true);

	private final RetryPolicy policy;

	private final SleepingBackOffPolicy<?> backOff;

	private final DelayAdjustment adjustment;

	private PolicyRetrySchedule(RetryPolicy policy, SleepingBackOffPolicy<?> backOff, DelayAdjustment adjustment) {
		this.policy = policy;
		this.backOff = backOff;
		this.adjustment = adjustment;
	}

	static RetrySchedule of(RetryOptions options, RandomGenerator random) {
		return new PolicyRetrySchedule(new SimpleRetryPolicy(options.maxAttempts(), new TransientFailureClassifier()),
				backOff(options), new JitteredDelay(options.jitter(), random));
	}

	static RetrySchedule ofAnyFailure(RetryOptions options, RandomGenerator random) {
		return new PolicyRetrySchedule(new SimpleRetryPolicy(options.maxAttempts(), ANY_FAILURE), backOff(options),
				new JitteredDelay(options.jitter(), random));
	}

	static RetrySchedule of(RetryPolicy policy, SleepingBackOffPolicy<?> backOff) {
		return new PolicyRetrySchedule(policy, backOff, (delay, failure) -> delay);
	}

	@Override
	public Attempts start() {
		return new PolicyAttempts();
	}

	private static SleepingBackOffPolicy<?> backOff(RetryOptions options) {
		if (options.mode() == RetryMode.FIXED) {
			FixedBackOffPolicy fixed = new FixedBackOffPolicy();
			fixed.setBackOffPeriod(options.delay().toMillis());
			return fixed;
		}
		ExponentialBackOffPolicy exponential = new ExponentialBackOffPolicy();
		exponential.setInitialInterval(options.delay().toMillis());
		exponential.setMaxInterval(options.maxDelay().toMillis());
		exponential.setMultiplier(options.multiplier());
		return exponential;
	}

	/**
	 * Has the last word on a delay.
	 */
	interface DelayAdjustment {

		Duration adjust(Duration delay, Throwable failure);

	}

	private final class PolicyAttempts implements Attempts {

		private final RetryContext context = PolicyRetrySchedule.this.policy.open(null);

		private final BackOffPolicy recordingBackOff = PolicyRetrySchedule.this.backOff.withSleeper(this::record);

		private final @Nullable BackOffContext backOffContext = this.recordingBackOff.start(this.context);

		private Duration recorded = Duration.ZERO;

		@Override
		public Optional<Duration> next(Throwable failure) {
			RetryPolicy policy = PolicyRetrySchedule.this.policy;
			policy.registerThrowable(this.context, failure);
			if (!policy.canRetry(this.context)) {
				policy.close(this.context);
				return Optional.empty();
			}
			this.recorded = Duration.ZERO;
			this.recordingBackOff.backOff(this.backOffContext);
			return Optional.of(PolicyRetrySchedule.this.adjustment.adjust(this.recorded, failure));
		}

		private void record(long millis) {
			this.recorded = Duration.ofMillis(millis);
		}

	}

}
