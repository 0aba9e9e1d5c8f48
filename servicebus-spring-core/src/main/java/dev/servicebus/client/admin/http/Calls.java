package dev.servicebus.client.admin.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.admin.atom.MalformedDocumentException;
import dev.servicebus.client.retry.AsyncFailures;

/**
 * Makes calls for programs that wait and for those that do not, and ends them all when
 * the client is closed. Futures that programs hold are completed by an executor, since
 * what they hang on them must not keep the threads of the HTTP client. Thread-safe.
 */
final class Calls {

	/** The limit of a call ends the wait; this is for the case that it cannot. */
	private static final Duration GRACE = Duration.ofSeconds(10);

	private final FeedConnection connection;

	private final Executor executor;

	private final Map<CompletableFuture<FeedResponse>, FeedRequest> open = new ConcurrentHashMap<>();

	private volatile boolean closed;

	Calls(FeedConnection connection, Executor executor) {
		this.connection = connection;
		this.executor = executor;
	}

	FeedAddress address() {
		return this.connection.address();
	}

	/**
	 * Makes a call for a program that does not wait. Cancelling the future ends the call.
	 */
	<T> CompletableFuture<T> async(FeedRequest request, Duration limit, Function<FeedResponse, T> reader) {
		CompletableFuture<FeedResponse> call = start(request, limit);
		CompletableFuture<T> future = new CompletableFuture<>();
		call.thenApply((response) -> read(request, response, reader)).whenCompleteAsync((value, failure) -> {
		}, this.executor).whenComplete((value, failure) -> {
			if (failure != null) {
				future.completeExceptionally(AsyncFailures.unwrap(failure));
			}
			else {
				future.complete(value);
			}
		});
		future.whenComplete((value, failure) -> call.cancel(true));
		return future;
	}

	/**
	 * Ends the result of several calls when the limit for all of them is over.
	 * @param request the first of them
	 */
	void endWithin(Duration limit, FeedRequest request, CompletableFuture<?> result) {
		Runnable late = () -> result.completeExceptionally(new OperationTimeoutException(
				request.where().withDescription("no end within " + limit.toMillis() + " ms")));
		Runnable alarm = this.connection.alarms().set(limit, () -> this.executor.execute(late));
		result.whenComplete((value, failure) -> alarm.run());
	}

	/**
	 * Makes a call and waits for its end.
	 */
	<T> T await(FeedRequest request, Duration limit, Function<FeedResponse, T> reader) {
		CompletableFuture<FeedResponse> call = start(request, limit);
		try {
			return read(request, call.get(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS), reader);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UnknownOutcomeException(request.where().withDescription("the waiting thread was interrupted"),
					ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof ServiceBusException failure) ? failure
					: new ServiceBusException(request.where(), ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new OperationTimeoutException(request.where().withDescription("the call did not end"), ex);
		}
		finally {
			call.cancel(true);
		}
	}

	void close() {
		this.closed = true;
		this.open.forEach((call, request) -> call.completeExceptionally(closed(request, "the client was closed")));
	}

	private CompletableFuture<FeedResponse> start(FeedRequest request, Duration limit) {
		if (this.closed) {
			return CompletableFuture.failedFuture(closed(request, "the client is closed"));
		}
		CompletableFuture<FeedResponse> call = FeedCall.start(this.connection, request, limit);
		this.open.put(call, request);
		call.whenComplete((response, failure) -> this.open.remove(call));
		if (this.closed) {
			call.completeExceptionally(closed(request, "the client is closed"));
		}
		return call;
	}

	private static ServiceBusException closed(FeedRequest request, String description) {
		return new ServiceBusException(request.where().withDescription(description));
	}

	private static <T> T read(FeedRequest request, FeedResponse response, Function<FeedResponse, T> reader) {
		try {
			return reader.apply(response);
		}
		catch (MalformedDocumentException ex) {
			throw new UnknownOutcomeException(request.where()
				.withDescription("the answer of the broker cannot be understood: " + ex.getMessage()), ex);
		}
	}

}
