package dev.servicebus.listener.container;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.Outcome;

/**
 * Calls the listener and learns how that ended. Whatever the listener throws stays here.
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
			return follow(delivery, intercepted, result);
		}
		end(delivery, intercepted, error);
		return null;
	}

	/**
	 * An interrupt is the listener's, not the next message's. One that is still pending
	 * tells of work that was broken off.
	 */
	private @Nullable Throwable call(Delivery delivery, Interceptors.@Nullable Call intercepted) {
		Throwable error = null;
		delivery.handler(Thread.currentThread());
		try {
			if (intercepted == null) {
				this.listener.onMessage(delivery.message(), delivery);
			}
			else if (intercepted.before()) {
				this.listener.onMessage(intercepted.message(), delivery);
			}
		}
		catch (Throwable ex) {
			error = ex;
		}
		finally {
			delivery.handler(null);
		}
		if (Thread.interrupted() && error == null) {
			error = new InterruptedException("The listener returned with its thread interrupted");
		}
		return error;
	}

	private @Nullable CompletionStage<?> follow(Delivery delivery, Interceptors.@Nullable Call intercepted,
			CompletionStage<?> result) {
		CompletionStage<?> end = result.handle((value, failure) -> {
			end(delivery, intercepted, failure);
			return null;
		});
		boolean ended = end instanceof CompletableFuture<?> future && future.isDone();
		return ended ? null : end;
	}

	private void end(Delivery delivery, Interceptors.@Nullable Call intercepted, @Nullable Throwable failure) {
		Throwable error = (failure != null) ? Failures.unwrap(failure) : null;
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
		finally {
			delivery.lane().leave(delivery);
		}
	}

}
