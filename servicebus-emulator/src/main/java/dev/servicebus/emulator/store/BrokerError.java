package dev.servicebus.emulator.store;

/**
 * The ways in which the broker refuses an operation. Each stands for one error condition
 * of Service Bus.
 */
public enum BrokerError {

	/** The lock token is unknown, or its lock has expired. */
	MESSAGE_LOCK_LOST,

	/** The session is not locked, or its lock has expired. */
	SESSION_LOCK_LOST,

	/** Somebody else has locked the session. */
	SESSION_CANNOT_BE_LOCKED,

	/** What was waited for did not happen in time. */
	TIMEOUT,

	/** A message asked for by its sequence number is not there, or not in that state. */
	MESSAGE_NOT_FOUND,

	/** A message is larger than the entity takes. */
	MESSAGE_SIZE_EXCEEDED,

	/** There is no such queue, topic or subscription, or it has been deleted. */
	ENTITY_NOT_FOUND,

	/** The name is taken. */
	ENTITY_ALREADY_EXISTS,

	/** The status of the entity forbids sending or receiving. */
	ENTITY_DISABLED,

	/** The operation makes no sense on this entity. */
	NOT_ALLOWED,

	/** A message belongs to no session, but the entity takes no others. */
	SESSION_ID_MISSING,

	/** A value is malformed or out of its range. */
	ARGUMENT_ERROR,

	/** A message cannot be read. */
	MALFORMED_MESSAGE,

	/** The entity is full. */
	RESOURCE_LIMIT_EXCEEDED,

	/** There is no such transaction: it was never declared here, or has ended. */
	TRANSACTION_UNKNOWN,

	/** The transaction could not be committed; nothing of it was done. */
	TRANSACTION_ROLLED_BACK,

	/** The transaction took too long; nothing of it was done. */
	TRANSACTION_TIMED_OUT

}
