package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.List;

import dev.servicebus.client.retry.RetryMode;
import dev.servicebus.listener.SessionFailurePolicy;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.StartupPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties {@code servicebus.listener.*} and {@code servicebus.listeners.<id>.*}.
 *
 * @param concurrency Number of messages that are handled at once, or a range such as
 * "2-8".
 * @param prefetch Number of messages that may wait in the application beside those that
 * are being handled, 0 to 5000.
 * @param session Whether and how listeners work on sessions
 * @param batch Which messages make a batch, for listeners that take batches
 * @param settlement Who settles messages.
 * @param transactional Whether what the template sends on the thread of a listener, and
 * how the message is settled, are done as a whole.
 * @param retry How often, and after which delays, a message is handed to a listener that
 * fails
 * @param maxLockRenewal Time for which the lock of a message is renewed while it is not
 * settled; 0 for not at all.
 * @param shutdownTimeout Time that a stop waits for listeners that are still busy.
 * @param autoStartup Whether listeners start with the application.
 * @param startupPolicy What to do when a listener cannot receive at its start.
 * @param startupTimeout Time that the startup policy "fail" waits.
 * @param idleEventInterval Time without a message after which a listener is reported as
 * idle; 0 for never.
 * @param stuckAfter Time that a listener may be busy with a message before it is reported
 * as stuck; 0 for never.
 * @param stopOnFatalError Whether a listener stops after an error of the virtual machine,
 * such as a lack of memory.
 * @param returnExceptions Whether a requester is told when its request has failed for
 * good, instead of the request being dead-lettered.
 */
public record ListenerProperties(@Nullable String concurrency, @Nullable Integer prefetch,
		@DefaultValue Session session, @DefaultValue Batch batch, @Nullable SettlementMode settlement,
		@Nullable Boolean transactional, @DefaultValue Retry retry, @Nullable Duration maxLockRenewal,
		@Nullable Duration shutdownTimeout, @Nullable Boolean autoStartup, @Nullable StartupPolicy startupPolicy,
		@Nullable Duration startupTimeout, @Nullable Duration idleEventInterval, @Nullable Duration stuckAfter,
		@Nullable Boolean stopOnFatalError, @Nullable Boolean returnExceptions) {

	/**
	 * Properties {@code servicebus.listener.session.*}.
	 *
	 * @param enabled Whether listeners take sessions, which "concurrency" then counts.
	 * @param ids Only sessions that are taken, whether or not they have messages.
	 * @param idleTimeout Time after which a session without messages is given back; the
	 * time while a message of it is being handled does not count.
	 * @param maxConcurrentCalls Number of messages of a session that are handled at once;
	 * with more than 1 their order is lost.
	 * @param failurePolicy What to do with a message of a session that cannot be handled.
	 */
	public record Session(@Nullable Boolean enabled, @Nullable List<String> ids, @Nullable Duration idleTimeout,
			@Nullable Integer maxConcurrentCalls, @Nullable SessionFailurePolicy failurePolicy) {

	}

	/**
	 * Properties {@code servicebus.listener.batch.*}.
	 *
	 * @param size Number of messages of a batch at most, 1 to 5000.
	 * @param maxWait Time that the first message of a batch waits for others.
	 */
	public record Batch(@Nullable Integer size, @Nullable Duration maxWait) {

	}

	/**
	 * Properties {@code servicebus.listener.retry.*}.
	 *
	 * @param maxAttempts Number of times that a message is handed to a listener before it
	 * is dead-lettered, including the first.
	 * @param mode How the delay between attempts develops.
	 * @param delay Delay before the second attempt.
	 * @param maxDelay Longest delay between attempts.
	 * @param multiplier Factor by which the delay grows in mode "exponential".
	 * @param jitter Part of a delay that is left to chance, from 0 to 1.
	 * @param holdLimit Longest wait between attempts for which a message keeps its lock;
	 * for a longer one a copy of it is scheduled.
	 * @param queue Queue that copies are sent to, which must belong to the listener
	 * alone; by default the queue of the message.
	 * @param retryable Exceptions that are tried again, themselves or as a cause; if
	 * there are any, no others are.
	 * @param notRetryable Exceptions after which a message is dead-lettered at once,
	 * themselves or as a cause.
	 */
	public record Retry(@Nullable Integer maxAttempts, @Nullable RetryMode mode, @Nullable Duration delay,
			@Nullable Duration maxDelay, @Nullable Double multiplier, @Nullable Double jitter,
			@Nullable Duration holdLimit, @Nullable String queue, @Nullable List<Class<? extends Throwable>> retryable,
			@Nullable List<Class<? extends Throwable>> notRetryable) implements RetryProperties {

	}

}
