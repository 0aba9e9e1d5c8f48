package dev.servicebus.client.amqp;

import java.util.function.Function;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.management.Done;
import org.jspecify.annotations.Nullable;

/**
 * Where the result of an operation goes. Called on the event loop, exactly once; must not
 * run user code there.
 *
 * @param <T> the result
 */
interface Completion<T extends @Nullable Object> {

	void success(T result);

	void failure(ServiceBusException failure);

	/**
	 * Ends an operation that has no result.
	 */
	@SuppressWarnings("NullAway") // The checker does not know that null is what Void has.
	static void done(Completion<@Nullable Void> completion) {
		completion.success(null);
	}

	/**
	 * Takes the end of an operation that nobody waits for.
	 */
	static <T extends @Nullable Object> Completion<T> ignored() {
		return new Completion<>() {
			@Override
			public void success(T result) {
			}

			@Override
			public void failure(ServiceBusException failure) {
			}
		};
	}

	/**
	 * Runs something before the end of an operation is told.
	 */
	static <T extends @Nullable Object> Completion<T> andThen(Completion<T> completion, Runnable atEnd) {
		return new Completion<>() {
			@Override
			public void success(T result) {
				atEnd.run();
				completion.success(result);
			}

			@Override
			public void failure(ServiceBusException failure) {
				atEnd.run();
				completion.failure(failure);
			}
		};
	}

	/**
	 * Takes a result and makes another one of it.
	 */
	static <A extends @Nullable Object, B extends @Nullable Object> Completion<A> map(Completion<B> completion,
			Function<A, B> function) {
		return new Completion<>() {
			@Override
			public void success(A result) {
				completion.success(function.apply(result));
			}

			@Override
			public void failure(ServiceBusException failure) {
				completion.failure(failure);
			}
		};
	}

	/**
	 * Takes the end of a management operation that has no result.
	 */
	static Completion<Done> ofDone(Completion<@Nullable Void> completion) {
		return new Completion<>() {
			@Override
			public void success(Done result) {
				done(completion);
			}

			@Override
			public void failure(ServiceBusException failure) {
				completion.failure(failure);
			}
		};
	}

}
