package dev.servicebus.listener.container;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.Outcome;

/**
 * Calls the listener with one message and learns how that ended.
 */
final class InvocationStage implements Dispatcher.Handler<Delivery> {

	private final MessageListener listener;

	private final Interceptors interceptors;

	private final ResultStage results;

	InvocationStage(MessageListener listener, Interceptors interceptors, ResultStage results) {
		this.listener = listener;
		this.interceptors = interceptors;
		this.results = results;
	}

	@Override
	public @Nullable CompletionStage<?> handle(Delivery delivery) {
		if (!delivery.begin()) {
			delivery.lane().leave(delivery);
			return null;
		}
		Interceptors.Call intercepted = this.interceptors.begin(delivery);
		Throwable error = call(delivery, intercepted);
		CompletionStage<?> result = delivery.result();
		if (error == null && result != null) {
			return ListenerCall.follow(result, (failure) -> end(delivery, intercepted, failure));
		}
		end(delivery, intercepted, error);
		return null;
	}

	private @Nullable Throwable call(Delivery delivery, Interceptors.@Nullable Call intercepted) {
		delivery.handler(Thread.currentThread());
		try {
			return ListenerCall.errorOf(() -> {
				if (intercepted == null) {
					this.listener.onMessage(delivery.message(), delivery);
				}
				else if (intercepted.before()) {
					this.listener.onMessage(intercepted.message(), delivery);
				}
			});
		}
		finally {
			delivery.handler(null);
		}
	}

	private void end(Delivery delivery, Interceptors.@Nullable Call intercepted, @Nullable Throwable failure) {
		Throwable error = (failure != null) ? AsyncFailures.unwrap(failure) : null;
		try {
			if (intercepted != null) {
				intercepted.after(error);
			}
			Outcome skipped = (intercepted != null) ? intercepted.skipped() : null;
			if (error != null) {
				this.results.failed(delivery, error);
			}
			else if (skipped != null) {
				this.results.skipped(delivery, skipped);
			}
			else {
				this.results.succeeded(delivery);
			}
		}
		catch (Throwable ex) {
			this.results.broken(delivery, ex);
		}
		finally {
			delivery.lane().leave(delivery);
		}
	}

}
