package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.management.ManagementRequest;

/**
 * Fetches one page of something after the other. Used by one thread at a time.
 *
 * @param <T> what is listed
 */
final class PagedListing<T> implements Completion<List<T>> {

	static final int PAGE_SIZE = 100;

	private final List<T> found = new ArrayList<>();

	private final ManagementNode management;

	private final IntFunction<ManagementRequest<List<T>>> page;

	private final Duration timeout;

	private final Completion<List<T>> completion;

	private final long begun;

	/**
	 * Makes a listing.
	 * @param management who is asked
	 * @param page makes the request for {@link #PAGE_SIZE} elements behind those that
	 * were fetched
	 * @param timeout within which all pages are fetched
	 * @param completion hears of all elements
	 */
	PagedListing(ManagementNode management, IntFunction<ManagementRequest<List<T>>> page, Duration timeout,
			Completion<List<T>> completion) {
		this.management = management;
		this.page = page;
		this.timeout = timeout;
		this.completion = completion;
		this.begun = now();
	}

	void start() {
		next(this.timeout);
	}

	private void next(Duration left) {
		this.management.call(this.page.apply(this.found.size()), ManagementNode.NO_LINK, left, this);
	}

	@Override
	public void success(List<T> elements) {
		this.found.addAll(elements);
		if (elements.size() < PAGE_SIZE) {
			this.completion.success(List.copyOf(this.found));
		}
		else {
			next(this.timeout.minusNanos(now() - this.begun));
		}
	}

	private long now() {
		return this.management.core().owner().loop().nanoTime();
	}

	@Override
	public void failure(ServiceBusException failure) {
		this.completion.failure(failure);
	}

}
