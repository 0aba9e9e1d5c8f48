package dev.servicebus.listener;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a container does with messages that its listener has failed with, beside the
 * {@linkplain ListenerOptions#retry() number and pace} of their attempts. Immutable.
 *
 * @param retryHoldLimit the longest wait between two attempts for which a message keeps
 * its lock and stays in the container. For a longer one, or one that outlasts the lock
 * and its renewal, a copy is scheduled, in one transaction with the completion of the
 * message. Has no meaning where there can be no copy: with sessions, whose order it would
 * break, and for subscriptions and sub-queues without a {@code retryQueue}. Not negative;
 * default a minute
 * @param retryQueue the queue that copies are sent to instead of the one they come from;
 * the container listens to it, too. It must belong to this listener alone. {@code null},
 * the default, for none
 * @param retryable if not empty, only failures of these types are tried again; the error
 * itself counts, and what has caused it
 * @param notRetryable failures that are not tried again. Of two types that match, the one
 * nearer to the error counts, and of two that match the same, the more special one
 * @param stopOnFatalError whether the container stops after an error of the virtual
 * machine, such as {@link OutOfMemoryError}, in its listener; a
 * {@link StackOverflowError} is none. Default {@code false}: it counts as a failure of
 * the message
 * @param returnExceptions whether a message that has a reply-to address, and would be
 * dead-lettered, is completed instead with a
 * {@link dev.servicebus.converter.ProblemReply} to that address. Has no meaning for
 * batches. Default {@code false}
 */
public record FailureOptions(Duration retryHoldLimit, @Nullable String retryQueue,
		List<Class<? extends Throwable>> retryable, List<Class<? extends Throwable>> notRetryable,
		boolean stopOnFatalError, boolean returnExceptions) {

	/** As long as most locks. */
	public static final Duration DEFAULT_RETRY_HOLD_LIMIT = Duration.ofMinutes(1);

	/** The options with all defaults. */
	public static final FailureOptions DEFAULTS = new FailureOptions(DEFAULT_RETRY_HOLD_LIMIT, null, List.of(),
			List.of(), false, false);

	public FailureOptions {
		Objects.requireNonNull(retryHoldLimit, "retryHoldLimit");
		if (retryHoldLimit.isNegative()) {
			throw new IllegalArgumentException("retryHoldLimit must not be negative but is " + retryHoldLimit);
		}
		if (retryQueue != null && retryQueue.isBlank()) {
			throw new IllegalArgumentException("the name of the retry queue must not be blank");
		}
		retryable = List.copyOf(retryable);
		notRetryable = List.copyOf(notRetryable);
		for (Class<?> type : retryable) {
			if (notRetryable.contains(type)) {
				throw new IllegalArgumentException(type.getName() + " is both retryable and not retryable");
			}
		}
	}

	public FailureOptions withRetryHoldLimit(Duration newRetryHoldLimit) {
		return new FailureOptions(newRetryHoldLimit, this.retryQueue, this.retryable, this.notRetryable,
				this.stopOnFatalError, this.returnExceptions);
	}

	public FailureOptions withRetryQueue(@Nullable String newRetryQueue) {
		return new FailureOptions(this.retryHoldLimit, newRetryQueue, this.retryable, this.notRetryable,
				this.stopOnFatalError, this.returnExceptions);
	}

	public FailureOptions withRetryable(List<Class<? extends Throwable>> newRetryable) {
		return new FailureOptions(this.retryHoldLimit, this.retryQueue, newRetryable, this.notRetryable,
				this.stopOnFatalError, this.returnExceptions);
	}

	public FailureOptions withNotRetryable(List<Class<? extends Throwable>> newNotRetryable) {
		return new FailureOptions(this.retryHoldLimit, this.retryQueue, this.retryable, newNotRetryable,
				this.stopOnFatalError, this.returnExceptions);
	}

	public FailureOptions withStopOnFatalError(boolean newStopOnFatalError) {
		return new FailureOptions(this.retryHoldLimit, this.retryQueue, this.retryable, this.notRetryable,
				newStopOnFatalError, this.returnExceptions);
	}

	public FailureOptions withReturnExceptions(boolean newReturnExceptions) {
		return new FailureOptions(this.retryHoldLimit, this.retryQueue, this.retryable, this.notRetryable,
				this.stopOnFatalError, newReturnExceptions);
	}

}
