package dev.servicebus.listener.container;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.MessageListener;

/**
 * Calls the listener and learns how that ended. Whatever the listener throws stays here.
 */
final class InvocationStage implements Dispatcher.Handler<Delivery> {

	private final MessageListener listener;

	private final ResultStage results;

	InvocationStage(MessageListener listener, ResultStage results) {
		this.listener = listener;
		this.results = results;
	}

	@Override
	public @Nullable CompletionStage<?> handle(Delivery delivery) {
		if (!delivery.begin()) {
			delivery.lane().leave(delivery);
			return null;
		}
		Throwable error = call(delivery);
		CompletionStage<?> result = delivery.result();
		if (error == null && result != null) {
			return follow(delivery, result);
		}
		end(delivery, error);
		return null;
	}

	/**
	 * An interrupt is the listener's, not the next message's. One that is still pending
	 * tells of work that was broken off.
	 */
	private @Nullable Throwable call(Delivery delivery) {
		Throwable error = null;
		try {
			this.listener.onMessage(delivery.message(), delivery);
		}
		catch (Throwable ex) {
			error = ex;
		}
		if (Thread.interrupted() && error == null) {
			error = new InterruptedException("The listener returned with its thread interrupted");
		}
		return error;
	}

	private @Nullable CompletionStage<?> follow(Delivery delivery, CompletionStage<?> result) {
		CompletionStage<?> end = result.handle((value, failure) -> {
			end(delivery, failure);
			return null;
		});
		boolean ended = end instanceof CompletableFuture<?> future && future.isDone();
		return ended ? null : end;
	}

	private void end(Delivery delivery, @Nullable Throwable error) {
		try {
			if (error == null) {
				this.results.succeeded(delivery);
			}
			else {
				this.results.failed(delivery, Failures.unwrap(error));
			}
		}
		finally {
			delivery.lane().leave(delivery);
		}
	}

}
