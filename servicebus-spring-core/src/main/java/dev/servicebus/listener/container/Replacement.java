package dev.servicebus.listener.container;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Puts a copy in the place of a message.
 */
final class Replacement {

	private final MessagingClient client;

	Replacement(MessagingClient client) {
		this.client = client;
	}

	/**
	 * Sends the copy to the queue of the message and completes the message, both or
	 * neither.
	 * @return completes normally in any case
	 */
	CompletableFuture<Result> inTransaction(Delivery delivery, ServiceBusMessage copy, String queue) {
		return begin((transaction) -> replace(delivery, copy, queue, transaction));
	}

	/**
	 * Sends the copy to another queue and then completes the message.
	 * @return completes normally in any case
	 */
	CompletableFuture<Result> oneAfterTheOther(Delivery delivery, ServiceBusMessage copy, String queue) {
		return attempt(() -> this.client.sender(queue).sendAsync(copy))
			.thenCompose((sent) -> attempt(() -> delivery.lane().settle(delivery.message(), Dispositions.COMPLETE))
				.handle((completed, failure) -> Result.over(failure)))
			.exceptionally(Result::nothingDone);
	}

	private CompletableFuture<Result> begin(Function<ServiceBusTransaction, CompletableFuture<Result>> work) {
		return attempt(this.client::beginTransactionAsync).thenCompose(work).exceptionally(Result::nothingDone);
	}

	private CompletableFuture<Result> replace(Delivery delivery, ServiceBusMessage copy, String queue,
			ServiceBusTransaction transaction) {
		CompletableFuture<Void> sent = attempt(
				() -> this.client.sender(queue).inTransaction(transaction).sendAsync(copy));
		CompletableFuture<Void> completed = attempt(
				() -> delivery.lane().settle(delivery.message(), Dispositions.COMPLETE, transaction));
		return CompletableFuture.allOf(completed, sent)
			.handle((done, failure) -> (failure == null) ? commit(transaction) : rollBack(transaction, failure))
			.thenCompose(Function.identity());
	}

	private static CompletableFuture<Result> commit(ServiceBusTransaction transaction) {
		return transaction.commitAsync().handle((committed, failure) -> {
			boolean over = failure == null || AsyncFailures.unwrap(failure) instanceof UnknownOutcomeException;
			return over ? Result.over(failure) : Result.nothingDone(failure);
		});
	}

	private static CompletableFuture<Result> rollBack(ServiceBusTransaction transaction, Throwable failure) {
		return transaction.rollBackAsync().handle((rolledBack, ignored) -> Result.nothingDone(failure));
	}

	private static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> operation) {
		try {
			return operation.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * How it ended.
	 *
	 * @param isOver whether the message is done with as far as can be known; otherwise it
	 * is as it was
	 * @param failure what has gone wrong; when it is over, that the broker's last answer
	 * is missing
	 */
	record Result(boolean isOver, @Nullable Throwable failure) {

		static Result over(@Nullable Throwable failure) {
			return new Result(true, (failure != null) ? AsyncFailures.unwrap(failure) : null);
		}

		static Result nothingDone(Throwable failure) {
			return new Result(false, AsyncFailures.unwrap(failure));
		}

	}

}
