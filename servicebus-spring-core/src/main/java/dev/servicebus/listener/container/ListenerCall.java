package dev.servicebus.listener.container;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One call of a listener. Whatever it throws stays here.
 */
@FunctionalInterface
interface ListenerCall {

	void call() throws Exception;

	/**
	 * Calls the listener. An interrupt is the listener's, not the next message's. One
	 * that is still pending tells of work that was broken off.
	 * @return what the listener has thrown
	 */
	static @Nullable Throwable errorOf(ListenerCall listener) {
		Throwable error = null;
		try {
			listener.call();
		}
		catch (Throwable ex) {
			error = ex;
		}
		if (Thread.interrupted() && error == null) {
			error = new InterruptedException("The listener returned with its thread interrupted");
		}
		return error;
	}

	/**
	 * Waits, without a thread, for what the listener has named as the end of its work.
	 * @param end hears once what it failed with, {@code null} for nothing; throws nothing
	 * @return the rest of the handling, {@code null} if there is none
	 */
	static @Nullable CompletionStage<?> follow(CompletionStage<?> result, Consumer<@Nullable Throwable> end) {
		CompletableFuture<@Nullable Void> rest = new CompletableFuture<>();
		AtomicBoolean ended = new AtomicBoolean();
		BiConsumer<@Nullable Object, @Nullable Throwable> once = (value, failure) -> {
			if (ended.compareAndSet(false, true)) {
				end.accept(failure);
				rest.complete(null);
			}
		};
		try {
			result.whenComplete(once);
		}
		catch (Throwable ex) {
			// A stage of somebody else's making, which cannot be waited for.
			once.accept(null, ex);
		}
		return rest.isDone() ? null : rest;
	}

}
