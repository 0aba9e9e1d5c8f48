package dev.servicebus.client.amqp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.UnknownOutcomeException;
import org.jspecify.annotations.Nullable;

/**
 * Takes results from the event loop to those who wait for them. Futures that programs
 * hold are completed by an executor, because what a program hangs on them must not run on
 * the loop; all results of one turn of the loop cost one hand-over. A thread that waits
 * in a blocking method is woken by the loop itself, so that it depends on no other
 * thread.
 */
final class Completions {

	private static final Unwanted<?> HARMLESS = (result) -> {
	};

	private final EventLoop loop;

	private final Executor executor;

	private List<Runnable> burst = new ArrayList<>();

	Completions(EventLoop loop, Executor executor) {
		this.loop = loop;
		this.executor = executor;
	}

	/**
	 * Starts an operation for a program that does not wait.
	 */
	<T extends @Nullable Object> CompletableFuture<T> async(ErrorContext where, Operation<T> operation) {
		return async(where, operation, Unwanted.harmless());
	}

	/**
	 * Starts an operation for a program that does not wait, and may cancel the future.
	 * @param where what is tried
	 * @param operation does it
	 * @param unwanted takes what nobody wants any more after that
	 */
	<T extends @Nullable Object> CompletableFuture<T> async(ErrorContext where, Operation<T> operation,
			Unwanted<T> unwanted) {
		CompletableFuture<T> future = new CompletableFuture<>();
		Completion<T> completion = new Completion<>() {
			@Override
			public void success(T result) {
				later(() -> {
					if (!future.complete(result)) {
						unwanted.discard(result);
					}
				});
			}

			@Override
			public void failure(ServiceBusException failure) {
				later(() -> future.completeExceptionally(failure));
			}
		};
		start(where, () -> operation.start(completion), future);
		if (unwanted != HARMLESS) {
			future.whenComplete((result, failure) -> {
				if (future.isCancelled()) {
					unwanted.abandon();
				}
			});
		}
		return future;
	}

	/**
	 * Starts an operation and waits for its end, which its own time limit bounds.
	 */
	<T extends @Nullable Object> T await(ErrorContext where, Operation<T> operation) {
		return await(where, operation, Unwanted.harmless());
	}

	/**
	 * Starts an operation and waits for its end, which its own time limit bounds.
	 * @param unwanted takes what nobody wants any more after the waiting thread was
	 * interrupted
	 */
	<T extends @Nullable Object> T await(ErrorContext where, Operation<T> operation, Unwanted<T> unwanted) {
		CompletableFuture<T> future = new CompletableFuture<>();
		Completion<T> completion = new Completion<>() {
			@Override
			public void success(T result) {
				if (!future.complete(result)) {
					unwanted.discard(result);
				}
			}

			@Override
			public void failure(ServiceBusException failure) {
				future.completeExceptionally(failure);
			}
		};
		start(where, () -> operation.start(completion), future);
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			if (future.cancel(false)) {
				unwanted.abandon();
			}
			else if (!future.isCompletedExceptionally()) {
				unwanted.discard(future.getNow(null));
			}
			throw new UnknownOutcomeException(where.withDescription("the waiting thread was interrupted"), ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof ServiceBusException failure) ? failure
					: new ServiceBusException(where, ex.getCause());
		}
	}

	/**
	 * A loop that has ended takes no operation any more.
	 */
	private <T extends @Nullable Object> void start(ErrorContext where, Runnable operation,
			CompletableFuture<T> future) {
		try {
			operation.run();
		}
		catch (RejectedExecutionException ex) {
			future.completeExceptionally(new ServiceBusException(where.withDescription("the client is closed"), ex));
		}
	}

	/**
	 * Runs something for a program, together with what else this turn of the loop brings.
	 */
	void later(Runnable task) {
		this.burst.add(task);
		if (this.burst.size() == 1) {
			this.loop.execute(this::handOver);
		}
	}

	private void handOver() {
		List<Runnable> tasks = this.burst;
		this.burst = new ArrayList<>(Math.min(tasks.size(), 1024));
		this.executor.execute(() -> tasks.forEach(Runnable::run));
	}

	/**
	 * Something that ends in a {@link Completion}.
	 *
	 * @param <T> the result
	 */
	@FunctionalInterface
	interface Operation<T extends @Nullable Object> {

		void start(Completion<T> completion);

	}

	/**
	 * What becomes of an operation when nobody waits for it any more.
	 *
	 * @param <T> the result
	 */
	interface Unwanted<T extends @Nullable Object> {

		/**
		 * Takes the result of an operation that could not be ended in time.
		 */
		void discard(T result);

		/**
		 * Ends the operation, if that is possible. Thread-safe.
		 */
		default void abandon() {
		}

		/**
		 * For operations whose results hold nothing.
		 */
		@SuppressWarnings("unchecked") // It takes anything and does nothing with it.
		static <T extends @Nullable Object> Unwanted<T> harmless() {
			return (Unwanted<T>) HARMLESS;
		}

	}

}
