package dev.servicebus.client;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The errors without an exception class of their own that a repetition cannot cure.
 * Everything that is not listed may pass.
 */
final class PermanentErrors {

	private static final Set<String> CONDITIONS = Set.of("amqp:decode-error", "amqp:not-allowed", "amqp:invalid-field",
			"amqp:not-implemented", "amqp:resource-locked", "amqp:precondition-failed", "amqp:illegal-state",
			"amqp:frame-size-too-small", "amqp:connection:redirect", "amqp:link:redirect", "amqp:link:stolen",
			"amqp:transaction:unknown-id", "amqp:transaction:rollback", "amqp:transaction:timeout",
			"com.microsoft:argument-error", "com.microsoft:argument-out-of-range", "com.microsoft:precondition-failed",
			"com.microsoft:store-lock-lost", "com.microsoft:partition-not-owned", "com.microsoft:session-not-found",
			"com.microsoft:no-matching-subscription");

	/** The statuses that refuse the request itself begin here and end before the next. */
	private static final int FIRST_REFUSAL = 300;

	private static final int FIRST_SERVER_ERROR = 500;

	/** Beyond them: what the broker does not know how to do. */
	private static final int NOT_IMPLEMENTED = 501;

	/** Took too long, and came too often. */
	private static final Set<Integer> PASSING_REFUSALS = Set.of(408, 429);

	private PermanentErrors() {
	}

	static boolean contains(ErrorContext context) {
		return containsCondition(context.condition()) || containsStatus(context.status());
	}

	private static boolean containsCondition(@Nullable String condition) {
		return condition != null && CONDITIONS.contains(condition);
	}

	private static boolean containsStatus(@Nullable Integer status) {
		if (status == null) {
			return false;
		}
		boolean refusal = status >= FIRST_REFUSAL && status < FIRST_SERVER_ERROR && !PASSING_REFUSALS.contains(status);
		return refusal || status == NOT_IMPLEMENTED;
	}

}
