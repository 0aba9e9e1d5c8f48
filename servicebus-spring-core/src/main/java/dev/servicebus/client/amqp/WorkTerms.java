package dev.servicebus.client.amqp;

import java.time.Duration;

import dev.servicebus.client.ErrorContext;
import org.jspecify.annotations.Nullable;

/**
 * On what terms operations are carried out. Immutable.
 *
 * @param timeout within which an operation ends, all its attempts included
 * @param transaction to which it belongs, {@code null} for none
 */
record WorkTerms(Duration timeout, @Nullable TransactionLife transaction) {

	WorkTerms withTimeout(Duration newTimeout) {
		if (newTimeout.isNegative() || newTimeout.isZero()) {
			throw new IllegalArgumentException("timeout must be positive but is " + newTimeout);
		}
		return withTimeLeft(newTimeout);
	}

	/**
	 * The same terms for the rest of an operation, which may have no time left.
	 */
	WorkTerms withTimeLeft(Duration newTimeout) {
		return new WorkTerms(newTimeout, this.transaction);
	}

	WorkTerms in(TransactionLife newTransaction) {
		return new WorkTerms(this.timeout, newTransaction);
	}

	/**
	 * Starts an operation, as part of the transaction if there is one. On the loop.
	 */
	<T extends @Nullable Object> void run(ErrorContext where, Completion<T> completion,
			Completions.Operation<T> operation) {
		if (this.transaction != null) {
			this.transaction.run(where, completion, operation);
		}
		else {
			operation.start(completion);
		}
	}

}
