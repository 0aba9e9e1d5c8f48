package dev.servicebus.client.amqp;

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
