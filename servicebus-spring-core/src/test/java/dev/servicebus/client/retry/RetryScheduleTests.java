package dev.servicebus.client.retry;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusServerBusyException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.retry.RetrySchedule.Attempts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.retry.backoff.FixedBackOffPolicy;
import org.springframework.retry.policy.AlwaysRetryPolicy;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class RetryScheduleTests {

	private static final ErrorContext WHERE = ErrorContext.of("send", "orders");

	private static final Throwable PASSING = new OperationTimeoutException(WHERE);

	private static final Throwable BUSY = new ServiceBusServerBusyException(WHERE);

	/** Draws nothing off a delay. */
	private static final RandomGenerator NO_CHANCE = () -> 0L;

	@Test
	void delayGrowsUpToItsMaximumUntilTheAttemptsAreUsedUp() {
		RetryOptions options = RetryOptions.builder().maxAttempts(5).maxDelay(Duration.ofSeconds(3)).build();
		Attempts attempts = RetrySchedule.of(options, NO_CHANCE).start();
		assertThat(attempts.next(PASSING)).contains(Duration.ofMillis(800));
		assertThat(attempts.next(PASSING)).contains(Duration.ofMillis(1600));
		assertThat(attempts.next(PASSING)).contains(Duration.ofMillis(3000));
		assertThat(attempts.next(PASSING)).contains(Duration.ofMillis(3000));
		assertThat(attempts.next(PASSING)).isEmpty();
	}

	@Test
	void fixedDelayStaysTheSame() {
		RetryOptions options = RetryOptions.builder().mode(RetryMode.FIXED).build();
		Attempts attempts = RetrySchedule.of(options, NO_CHANCE).start();
		for (int attempt = 1; attempt < RetryOptions.DEFAULT_MAX_ATTEMPTS; attempt++) {
			assertThat(attempts.next(PASSING)).contains(Duration.ofMillis(800));
		}
		assertThat(attempts.next(PASSING)).isEmpty();
	}

	@Test
	void operationsDoNotShareTheirAttempts() {
		RetrySchedule schedule = RetrySchedule.of(RetryOptions.builder().maxAttempts(2).build(), NO_CHANCE);
		Attempts first = schedule.start();
		Attempts second = schedule.start();
		assertThat(first.next(PASSING)).isPresent();
		assertThat(first.next(PASSING)).isEmpty();
		assertThat(second.next(PASSING)).contains(Duration.ofMillis(800));
	}

	@Test
	void oneAttemptIsNeverFollowedByAnother() {
		RetrySchedule schedule = RetrySchedule.of(RetryOptions.builder().maxAttempts(1).build(), NO_CHANCE);
		assertThat(schedule.start().next(PASSING)).isEmpty();
	}

	@Test
	void onlyTransientFailuresAreTriedAgain() {
		RetrySchedule schedule = RetrySchedule.of(RetryOptions.defaults(), NO_CHANCE);
		assertThat(schedule.start().next(new MessageLockLostException(WHERE))).isEmpty();
		assertThat(schedule.start().next(new UnknownOutcomeException(WHERE))).isEmpty();
		assertThat(schedule.start().next(new IllegalStateException("bug"))).isEmpty();
		assertThat(schedule.start().next(new CompletionException(PASSING))).isPresent();
	}

	@Test
	void jitterShortensEachDelayByItsPartAtMost() {
		long seed = new Random().nextLong();
		RetryOptions options = RetryOptions.builder().mode(RetryMode.FIXED).maxAttempts(1000).jitter(0.3).build();
		Attempts attempts = RetrySchedule.of(options, new Random(seed)).start();
		Duration shortest = RetryOptions.DEFAULT_DELAY;
		Duration longest = Duration.ZERO;
		for (int attempt = 1; attempt < 1000; attempt++) {
			Duration delay = attempts.next(PASSING).orElseThrow();
			shortest = (delay.compareTo(shortest) < 0) ? delay : shortest;
			longest = (delay.compareTo(longest) > 0) ? delay : longest;
		}
		assertThat(shortest).as("seed %d", seed).isBetween(Duration.ofMillis(560), Duration.ofMillis(580));
		assertThat(longest).as("seed %d", seed).isBetween(Duration.ofMillis(780), Duration.ofMillis(800));
	}

	@Test
	void busyBrokerIsGivenTenSecondsLessJitter() {
		RetrySchedule schedule = RetrySchedule.of(RetryOptions.defaults(), NO_CHANCE);
		assertThat(schedule.start().next(BUSY)).contains(Duration.ofSeconds(10));
		assertThat(schedule.start().next(new CompletionException(BUSY))).contains(Duration.ofSeconds(10));
		RandomGenerator allChance = () -> -1L;
		Optional<Duration> delay = RetrySchedule.of(RetryOptions.defaults(), allChance).start().next(BUSY);
		assertThat(delay.orElseThrow()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5001));
	}

	@Test
	void busyDelayEndsByItself() {
		Attempts attempts = RetrySchedule.of(RetryOptions.defaults(), NO_CHANCE).start();
		assertThat(attempts.next(BUSY)).contains(Duration.ofSeconds(10));
		assertThat(attempts.next(PASSING)).contains(Duration.ofMillis(1600));
	}

	@Test
	void delaysNeverOverflow() {
		RetryOptions options = RetryOptions.builder()
			.maxAttempts(Integer.MAX_VALUE)
			.multiplier(1e9)
			.maxDelay(Duration.ofDays(365_000))
			.build();
		Attempts attempts = RetrySchedule.of(options, NO_CHANCE).start();
		for (int attempt = 0; attempt < 1_000_000; attempt++) {
			assertThat(attempts.next(PASSING).orElseThrow()).isPositive();
		}
	}

	@Test
	void policiesOfOnesOwnAreFollowedToTheLetter() {
		FixedBackOffPolicy backOff = new FixedBackOffPolicy();
		backOff.setBackOffPeriod(42);
		Attempts attempts = RetrySchedule.of(new AlwaysRetryPolicy(), backOff).start();
		assertThat(attempts.next(new IllegalStateException("bug"))).contains(Duration.ofMillis(42));
		assertThat(attempts.next(BUSY)).contains(Duration.ofMillis(42));
	}

}
