package dev.servicebus.client.admin.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.servicebus.client.admin.atom.EntityReader;

/**
 * A list that is fetched page by page. Immutable.
 *
 * @param <T> what is listed
 * @param calls makes the calls
 * @param path where the list is
 * @param query what the query says beside the page, ending in {@code &} unless empty
 * @param reader reads an item
 * @param limit within which a page is there, and all of them if nobody reads in between
 */
record Listing<T>(Calls calls, String path, String query, EntityReader<T> reader, Duration limit) {

	/**
	 * The items as they are asked for.
	 */
	Stream<T> stream() {
		return StreamSupport.stream(new Items(), false);
	}

	/**
	 * All items, within the limit. Cancelling the future ends the call for the page that
	 * is being fetched.
	 */
	CompletableFuture<List<T>> all() {
		CompletableFuture<List<T>> result = new CompletableFuture<>();
		this.calls.endWithin(this.limit, request(0), result);
		gather(0, new ArrayList<>(), result);
		return result;
	}

	private void gather(int skip, List<T> gathered, CompletableFuture<List<T>> result) {
		CompletableFuture<Page<T>> call = this.calls.async(request(skip), this.limit,
				(response) -> Page.of(response, skip, this.reader));
		result.whenComplete((items, failure) -> call.cancel(true));
		call.whenComplete((page, failure) -> {
			if (failure != null) {
				result.completeExceptionally(failure);
				return;
			}
			gathered.addAll(page.items());
			if (page.isLast()) {
				result.complete(List.copyOf(gathered));
			}
			else if (!result.isDone()) {
				gather(page.next(), gathered, result);
			}
		});
	}

	private FeedRequest request(int skip) {
		return FeedRequest.list(this.path, this.query + Page.query(skip));
	}

	/**
	 * Fetches a page when the one before is used up.
	 */
	private final class Items extends Spliterators.AbstractSpliterator<T> {

		private final Deque<T> items = new ArrayDeque<>();

		private int next;

		Items() {
			super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
		}

		@Override
		public boolean tryAdvance(Consumer<? super T> action) {
			while (this.items.isEmpty() && this.next != Page.NONE) {
				int skip = this.next;
				Page<T> page = Listing.this.calls.await(request(skip), Listing.this.limit,
						(response) -> Page.of(response, skip, Listing.this.reader));
				this.items.addAll(page.items());
				this.next = page.next();
			}
			T item = this.items.poll();
			if (item == null) {
				return false;
			}
			action.accept(item);
			return true;
		}

	}

}
