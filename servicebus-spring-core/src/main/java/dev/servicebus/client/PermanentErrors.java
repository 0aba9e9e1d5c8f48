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
			"com.microsoft:argument-error", "com.microsoft:argument-out-of-range", "com.microsoft:precondition-failed",
			"com.microsoft:store-lock-lost", "com.microsoft:partition-not-owned", "com.microsoft:session-not-found",
			"com.microsoft:no-matching-subscription");

	/**
	 * The statuses of a response that refuses the request itself, and those by which an
	 * HTTP server says that it is not the one to ask.
	 */
	private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 406, 407, 409,
			410, 411, 412, 413, 414, 415, 501, 505);

	private PermanentErrors() {
	}

	static boolean contains(ErrorContext context) {
		return containsCondition(context.condition()) || containsStatus(context.status());
	}

	private static boolean containsCondition(@Nullable String condition) {
		return condition != null && CONDITIONS.contains(condition);
	}

	private static boolean containsStatus(@Nullable Integer status) {
		return status != null && STATUSES.contains(status);
	}

}
