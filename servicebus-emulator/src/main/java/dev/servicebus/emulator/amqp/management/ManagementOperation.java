package dev.servicebus.emulator.amqp.management;

import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * One operation of a management node.
 */
interface ManagementOperation {

	/**
	 * The right that it takes.
	 */
	Right right();

	/**
	 * What becomes of the operation when the request belongs to a transaction.
	 */
	default TransactionUse inTransaction() {
		return TransactionUse.REFUSED;
	}

	/**
	 * Carries the operation out. May throw what a
	 * {@link dev.servicebus.emulator.amqp.request.RequestHandler} may throw.
	 */
	Response perform(ManagedEntity entity, RequestBody body);

	/**
	 * How an operation takes part in transactions.
	 */
	enum TransactionUse {

		/** It does its work when the transaction commits. */
		ENLISTED,

		/** It does not take part, and does no harm: it works as ever. */
		INDEPENDENT,

		/** It could not be undone. */
		REFUSED

	}

}
