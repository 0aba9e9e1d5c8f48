package dev.servicebus.listener.container;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.observation.QuietObservation;

/**
 * One call of a listener that is observed up to its end, or that of the future if there
 * is one. The observation is the current one of the listener's thread.
 *
 * @param observation has begun
 * @param result the future, {@code null} for none
 * @param failure what has failed although the listener has not, {@code null} for nothing
 */
record ObservedCall(QuietObservation observation, Supplier<@Nullable CompletionStage<?>> result,
		Supplier<@Nullable Throwable> failure) {

	void run(ListenerCall listener) throws Exception {
		try (QuietObservation.Scope scope = this.observation.openScope()) {
			listener.call();
		}
		catch (Throwable ex) {
			this.observation.stop(ex);
			throw ex;
		}
		CompletionStage<?> pending = this.result.get();
		if (pending == null) {
			stop(null);
		}
		else {
			pending.whenComplete((value, ex) -> stop((ex != null) ? AsyncFailures.unwrap(ex) : null));
		}
	}

	private void stop(@Nullable Throwable error) {
		this.observation.stop((error != null) ? error : this.failure.get());
	}

}
