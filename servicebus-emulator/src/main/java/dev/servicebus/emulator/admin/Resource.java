package dev.servicebus.emulator.admin;

import dev.servicebus.amqp.transport.http.HttpResponse;

/**
 * What the requests to one kind of place do. The methods refuse a request by an exception
 * that {@link Refusals} knows, and have then done nothing.
 */
interface Resource {

	/**
	 * Shows what is there.
	 */
	HttpResponse get(FeedRequest request);

	/**
	 * Creates something, or updates what is there.
	 */
	default HttpResponse put(FeedRequest request) {
		throw notSupported(request);
	}

	/**
	 * Deletes what is there.
	 */
	default HttpResponse delete(FeedRequest request) {
		throw notSupported(request);
	}

	private static FeedException notSupported(FeedRequest request) {
		return new FeedException(405, 40500, request.http().method() + " is not possible here.");
	}

}
