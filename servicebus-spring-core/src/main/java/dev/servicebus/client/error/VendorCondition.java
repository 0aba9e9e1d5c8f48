package dev.servicebus.client.error;

import dev.servicebus.amqp.type.Symbol;

/**
 * The error conditions that Service Bus defines beside those of AMQP.
 */
public final class VendorCondition {

	public static final Symbol TIMEOUT = Symbol.of("com.microsoft:timeout");

	public static final Symbol SERVER_BUSY = Symbol.of("com.microsoft:server-busy");

	public static final Symbol OPERATION_CANCELLED = Symbol.of("com.microsoft:operation-cancelled");

	public static final Symbol ARGUMENT_ERROR = Symbol.of("com.microsoft:argument-error");

	public static final Symbol ARGUMENT_OUT_OF_RANGE = Symbol.of("com.microsoft:argument-out-of-range");

	public static final Symbol ENTITY_DISABLED = Symbol.of("com.microsoft:entity-disabled");

	public static final Symbol ENTITY_ALREADY_EXISTS = Symbol.of("com.microsoft:entity-already-exists");

	public static final Symbol MESSAGE_LOCK_LOST = Symbol.of("com.microsoft:message-lock-lost");

	public static final Symbol SESSION_LOCK_LOST = Symbol.of("com.microsoft:session-lock-lost");

	public static final Symbol SESSION_CANNOT_BE_LOCKED = Symbol.of("com.microsoft:session-cannot-be-locked");

	public static final Symbol MESSAGE_NOT_FOUND = Symbol.of("com.microsoft:message-not-found");

	public static final Symbol SESSION_NOT_FOUND = Symbol.of("com.microsoft:session-not-found");

	public static final Symbol STORE_LOCK_LOST = Symbol.of("com.microsoft:store-lock-lost");

	public static final Symbol PARTITION_NOT_OWNED = Symbol.of("com.microsoft:partition-not-owned");

	public static final Symbol NO_MATCHING_SUBSCRIPTION = Symbol.of("com.microsoft:no-matching-subscription");

	public static final Symbol AUTH_FAILED = Symbol.of("com.microsoft:auth-failed");

	public static final Symbol PUBLISHER_REVOKED = Symbol.of("com.microsoft:publisher-revoked");

	public static final Symbol PRECONDITION_FAILED = Symbol.of("com.microsoft:precondition-failed");

	public static final Symbol CONTAINER_CLOSE = Symbol.of("com.microsoft:container-close");

	/** Names what is rejected so that it goes to the dead-letter queue. */
	public static final Symbol DEAD_LETTER = Symbol.of("com.microsoft:dead-letter");

	private VendorCondition() {
	}

}
