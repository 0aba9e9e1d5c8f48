package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.random.RandomGenerator;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.client.retry.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * On what terms operations are carried out. Immutable.
 *
 * @param timeout within which an operation ends, all its attempts included
 * @param transaction to which it belongs, {@code null} for none
 * @param retry says when a failed operation is tried again
 */
record WorkTerms(Duration timeout, @Nullable TransactionLife transaction, RetrySchedule retry) {

	/**
	 * The terms that retry options set, without a transaction.
	 */
	static WorkTerms of(RetryOptions options, RandomGenerator random) {
		return new WorkTerms(options.tryTimeout(), null, RetrySchedule.of(options, random));
	}

	WorkTerms withTimeout(Duration newTimeout) {
		return withTimeLeft(requirePositive(newTimeout));
	}

	/**
	 * Checks a time limit that a program has set.
	 */
	static Duration requirePositive(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("timeout must be positive but is " + timeout);
		}
		return timeout;
	}

	/**
	 * The same terms for the rest of an operation, which may have no time left.
	 */
	WorkTerms withTimeLeft(Duration newTimeout) {
		return new WorkTerms(newTimeout, this.transaction, this.retry);
	}

	WorkTerms in(@Nullable TransactionLife newTransaction) {
		return new WorkTerms(this.timeout, newTransaction, this.retry);
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
