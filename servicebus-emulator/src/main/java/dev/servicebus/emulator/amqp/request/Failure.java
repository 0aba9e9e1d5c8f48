package dev.servicebus.emulator.amqp.request;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.ErrorCondition;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.store.BrokerError;
import org.jspecify.annotations.Nullable;

/**
 * The failures that clients are told, each with the condition that names it on links and
 * the status that names it in responses.
 */
public enum Failure {

	MESSAGE_LOCK_LOST(410, Symbol.of("com.microsoft:message-lock-lost")),

	SESSION_LOCK_LOST(410, Symbol.of("com.microsoft:session-lock-lost")),

	SESSION_CANNOT_BE_LOCKED(410, Symbol.of("com.microsoft:session-cannot-be-locked")),

	TIMEOUT(408, Symbol.of("com.microsoft:timeout")),

	MESSAGE_NOT_FOUND(404, Symbol.of("com.microsoft:message-not-found")),

	MESSAGE_SIZE_EXCEEDED(403, ErrorCondition.MESSAGE_SIZE_EXCEEDED),

	ENTITY_NOT_FOUND(404, ErrorCondition.NOT_FOUND),

	ENTITY_ALREADY_EXISTS(409, Symbol.of("com.microsoft:entity-already-exists")),

	ENTITY_DISABLED(400, Symbol.of("com.microsoft:entity-disabled")),

	NOT_ALLOWED(400, ErrorCondition.NOT_ALLOWED),

	ARGUMENT_ERROR(400, Symbol.of("com.microsoft:argument-error")),

	RESOURCE_LIMIT_EXCEEDED(403, ErrorCondition.RESOURCE_LIMIT_EXCEEDED),

	/** See {@link BrokerError#TRANSACTION_UNKNOWN}. */
	TRANSACTION_UNKNOWN(400, Symbol.of("amqp:transaction:unknown-id")),

	/** See {@link BrokerError#TRANSACTION_ROLLED_BACK}. */
	TRANSACTION_ROLLED_BACK(400, Symbol.of("amqp:transaction:rollback")),

	/** See {@link BrokerError#TRANSACTION_TIMED_OUT}. */
	TRANSACTION_TIMED_OUT(400, Symbol.of("amqp:transaction:timeout")),

	UNAUTHORIZED(401, ErrorCondition.UNAUTHORIZED_ACCESS),

	NOT_IMPLEMENTED(501, ErrorCondition.NOT_IMPLEMENTED),

	DECODE_ERROR(400, ErrorCondition.DECODE_ERROR),

	INTERNAL_ERROR(500, ErrorCondition.INTERNAL_ERROR);

	private final int status;

	private final Symbol condition;

	Failure(int status, Symbol condition) {
		this.status = status;
		this.condition = condition;
	}

	/**
	 * What a refusal of the broker is on the wire.
	 */
	public static Failure of(BrokerError error) {
		return switch (error) {
			case MESSAGE_LOCK_LOST -> MESSAGE_LOCK_LOST;
			case SESSION_LOCK_LOST -> SESSION_LOCK_LOST;
			case SESSION_CANNOT_BE_LOCKED -> SESSION_CANNOT_BE_LOCKED;
			case TIMEOUT -> TIMEOUT;
			case MESSAGE_NOT_FOUND -> MESSAGE_NOT_FOUND;
			case MESSAGE_SIZE_EXCEEDED -> MESSAGE_SIZE_EXCEEDED;
			case ENTITY_NOT_FOUND -> ENTITY_NOT_FOUND;
			case ENTITY_ALREADY_EXISTS -> ENTITY_ALREADY_EXISTS;
			case ENTITY_DISABLED -> ENTITY_DISABLED;
			case NOT_ALLOWED, SESSION_ID_MISSING -> NOT_ALLOWED;
			case ARGUMENT_ERROR -> ARGUMENT_ERROR;
			case RESOURCE_LIMIT_EXCEEDED -> RESOURCE_LIMIT_EXCEEDED;
			case MALFORMED_MESSAGE -> DECODE_ERROR;
			case TRANSACTION_UNKNOWN -> TRANSACTION_UNKNOWN;
			case TRANSACTION_ROLLED_BACK -> TRANSACTION_ROLLED_BACK;
			case TRANSACTION_TIMED_OUT -> TRANSACTION_TIMED_OUT;
		};
	}

	/**
	 * The status of a response that reports this failure.
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The name of this failure on the wire.
	 */
	public Symbol condition() {
		return this.condition;
	}

	/**
	 * This failure as the error of a link or a delivery.
	 */
	public AmqpError error(@Nullable String description) {
		return AmqpError.of(this.condition, description);
	}

}
