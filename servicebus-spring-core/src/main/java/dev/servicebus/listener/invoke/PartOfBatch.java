package dev.servicebus.listener.invoke;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.ListenerContext;

/**
 * The messages of a batch that a method gets, counted as the method sees them.
 */
final class PartOfBatch implements BatchContext {

	private final BatchContext whole;

	private final List<Integer> places;

	/**
	 * Makes a part.
	 * @param places the place of each message in the whole
	 */
	PartOfBatch(BatchContext whole, List<Integer> places) {
		this.whole = whole;
		this.places = places;
	}

	@Override
	public List<ListenerContext> messages() {
		List<ListenerContext> all = this.whole.messages();
		return this.places.stream().map(all::get).toList();
	}

	@Override
	public void fail(int index, Throwable error) {
		this.whole.fail(this.places.get(index), error);
	}

	@Override
	public void settleAfter(CompletionStage<?> result) {
		this.whole.settleAfter(result
			.handle((value, failure) -> (failure != null) ? failed(failure) : CompletableFuture.completedFuture(value))
			.thenCompose((end) -> end));
	}

	/**
	 * Says where in the whole a message has failed.
	 */
	BatchListenerFailedException inWhole(BatchListenerFailedException failure) {
		int index = failure.index();
		Throwable cause = failure.getCause();
		if (cause == null || index < 0 || index >= this.places.size()) {
			return failure;
		}
		return new BatchListenerFailedException(this.places.get(index), cause);
	}

	private CompletableFuture<Object> failed(Throwable failure) {
		Throwable error = AsyncFailures.unwrap(failure);
		return CompletableFuture
			.failedFuture((error instanceof BatchListenerFailedException one) ? inWhole(one) : error);
	}

}
