package dev.servicebus.listener;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Whether and how a listener works on sessions. Immutable. The
 * {@linkplain ListenerOptions#concurrency() concurrency} of the listener says on how many
 * sessions at once, and its {@linkplain ListenerOptions#prefetch() prefetch} counts for
 * each of them.
 *
 * @param enabled whether the listener takes sessions; without it the rest has no meaning
 * @param ids the sessions that are taken, whether or not they have messages; empty for
 * whatever session has messages and is free
 * @param idleTimeout how long a session without messages is kept before it is given back
 * for another one; the time while a listener has a message of it does not count
 * @param maxConcurrentCalls how many messages of a session are handled at once, at least
 * 1; with more than one their order is lost
 * @param failurePolicy what to do with a message that could not be handled
 */
public record SessionOptions(boolean enabled, List<String> ids, Duration idleTimeout, int maxConcurrentCalls,
		SessionFailurePolicy failurePolicy) {

	/**
	 * Long enough for a sender that pauses between two messages, and short enough for the
	 * next session, which waits as long for a free place.
	 */
	public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(10);

	/** One message of a session after another. */
	public static final int DEFAULT_MAX_CONCURRENT_CALLS = 1;

	/** A failed message holds up its session, and nothing else. */
	public static final SessionFailurePolicy DEFAULT_FAILURE_POLICY = SessionFailurePolicy.HOLD;

	/** The longest id that Service Bus takes. */
	public static final int MAX_ID_LENGTH = 128;

	/** The listener is not one of sessions. */
	public static final SessionOptions DISABLED = new SessionOptions(false, List.of(), DEFAULT_IDLE_TIMEOUT,
			DEFAULT_MAX_CONCURRENT_CALLS, DEFAULT_FAILURE_POLICY);

	/** The listener takes whatever session has messages. */
	public static final SessionOptions ENABLED = DISABLED.withEnabled(true);

	public SessionOptions {
		ids = List.copyOf(ids);
		Objects.requireNonNull(idleTimeout, "idleTimeout");
		Objects.requireNonNull(failurePolicy, "failurePolicy");
		checkIds(ids);
		if (idleTimeout.isNegative() || idleTimeout.isZero()) {
			throw new IllegalArgumentException("the idle timeout of sessions must be positive but is " + idleTimeout);
		}
		if (maxConcurrentCalls < 1) {
			throw new IllegalArgumentException(
					"the concurrent calls of a session must be at least 1 but are " + maxConcurrentCalls);
		}
	}

	public SessionOptions withEnabled(boolean newEnabled) {
		return new SessionOptions(newEnabled, this.ids, this.idleTimeout, this.maxConcurrentCalls, this.failurePolicy);
	}

	/**
	 * Names the sessions that are taken, which also enables sessions if there are any.
	 */
	public SessionOptions withIds(List<String> newIds) {
		return new SessionOptions(this.enabled || !newIds.isEmpty(), newIds, this.idleTimeout, this.maxConcurrentCalls,
				this.failurePolicy);
	}

	public SessionOptions withIdleTimeout(Duration newIdleTimeout) {
		return new SessionOptions(this.enabled, this.ids, newIdleTimeout, this.maxConcurrentCalls, this.failurePolicy);
	}

	public SessionOptions withMaxConcurrentCalls(int newMaxConcurrentCalls) {
		return new SessionOptions(this.enabled, this.ids, this.idleTimeout, newMaxConcurrentCalls, this.failurePolicy);
	}

	public SessionOptions withFailurePolicy(SessionFailurePolicy newFailurePolicy) {
		return new SessionOptions(this.enabled, this.ids, this.idleTimeout, this.maxConcurrentCalls, newFailurePolicy);
	}

	private static void checkIds(List<String> ids) {
		Set<String> seen = new HashSet<>();
		for (String id : ids) {
			if (id.isBlank()) {
				throw new IllegalArgumentException("the id of a session must not be blank");
			}
			if (id.length() > MAX_ID_LENGTH) {
				throw new IllegalArgumentException("the id of a session must not be longer than " + MAX_ID_LENGTH
						+ " characters but has " + id.length());
			}
			if (!seen.add(id)) {
				throw new IllegalArgumentException("the session '" + id + "' is named twice");
			}
		}
	}

}
