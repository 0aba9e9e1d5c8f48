package dev.servicebus.client.admin.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessagingEntityAlreadyExistsException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.client.retry.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * One request, from the program's call to its end: its attempts, the waits between them
 * and the limit of all of that. One step follows the other, each on the thread that the
 * step before ended on; only the limit and a cancellation come from elsewhere, and they
 * do nothing but complete the result.
 */
final class FeedCall {

	private static final FeedResponse DONE = new FeedResponse(200, new byte[0], null);

	private final FeedConnection connection;

	private final FeedRequest request;

	private final RetrySchedule.Attempts attempts;

	private final CompletableFuture<FeedResponse> result = new CompletableFuture<>();

	private volatile Runnable cancelWait = () -> {
	};

	private volatile Runnable cancelExchange = () -> {
	};

	private volatile @Nullable ServiceBusException lastFailure;

	/** A request is on its way, or was and nobody knows what became of it. */
	private volatile boolean maybeDone;

	private FeedCall(FeedConnection connection, FeedRequest request) {
		this.connection = connection;
		this.request = request;
		this.attempts = connection.retry().start();
	}

	/**
	 * Starts a call.
	 * @param limit within which it ends
	 * @return completes with a successful answer or a {@link ServiceBusException};
	 * cancelling it ends the call
	 */
	static CompletableFuture<FeedResponse> start(FeedConnection connection, FeedRequest request, Duration limit) {
		FeedCall call = new FeedCall(connection, request);
		Runnable alarm = connection.alarms().set(limit, () -> call.timedOut(limit));
		call.result.whenComplete((response, failure) -> {
			alarm.run();
			call.endStepsIfDone();
		});
		call.attempt();
		return call.result;
	}

	private void attempt() {
		if (this.result.isDone()) {
			return;
		}
		try {
			CompletableFuture<Map<String, String>> authorization = this.connection.authorize(this.request);
			this.cancelExchange = () -> authorization.cancel(true);
			authorization.whenComplete(this::authorized);
			endStepsIfDone();
		}
		catch (RuntimeException ex) {
			cannotBeSent(ex);
		}
	}

	private void authorized(Map<String, String> headers, @Nullable Throwable failure) {
		if (this.result.isDone()) {
			return;
		}
		if (failure != null) {
			failed(AsyncFailures.unwrap(failure));
		}
		else {
			send(headers);
		}
	}

	private void send(Map<String, String> headers) {
		boolean earlier = this.maybeDone;
		CompletableFuture<FeedResponse> exchange;
		try {
			exchange = this.connection.send(this.request, headers);
		}
		catch (RuntimeException ex) {
			cannotBeSent(ex);
			return;
		}
		this.maybeDone = true;
		this.cancelExchange = () -> exchange.cancel(true);
		exchange.whenComplete((response, problem) -> answered(response, problem, earlier));
		endStepsIfDone();
	}

	/**
	 * What is wrong lies on this side, so another attempt would be no better.
	 */
	private void cannotBeSent(RuntimeException problem) {
		fail(new ServiceBusException(this.request.where().withDescription("the request cannot be sent"), problem));
	}

	private void answered(@Nullable FeedResponse response, @Nullable Throwable problem, boolean earlier) {
		if (this.result.isDone()) {
			return;
		}
		if (response == null) {
			Throwable failure = AsyncFailures
				.unwrap((problem != null) ? problem : new NullPointerException("response"));
			this.maybeDone = earlier || !FeedErrors.isNotSent(failure);
			failed(failure);
		}
		else if (response.isSuccess()) {
			this.result.complete(response);
		}
		else {
			this.maybeDone = earlier || isVague(response.status());
			refused(response);
		}
	}

	/**
	 * These come from what stands before the service, or from one that fell over.
	 */
	private static boolean isVague(int status) {
		return status == 408 || status == 500 || status == 502 || status == 504;
	}

	private void refused(FeedResponse response) {
		ServiceBusException failure = FeedErrors.ofResponse(this.request, response);
		if (response.status() == 401) {
			this.connection.forgetToken(this.request);
		}
		if (this.maybeDone && failure instanceof MessagingEntityNotFoundException
				&& this.request.verb() == Verb.DELETE) {
			this.result.complete(DONE);
		}
		else if (this.maybeDone && failure instanceof MessagingEntityAlreadyExistsException) {
			fail(new UnknownOutcomeException(this.request.where()
				.withDescription("the entity exists, made by an earlier attempt whose answer was lost or by "
						+ "somebody else: " + failure.getMessage()),
					failure));
		}
		else {
			retryOrFail(failure, response.retryAfter());
		}
	}

	private void failed(Throwable failure) {
		retryOrFail(FeedErrors.ofTransport(this.request, failure), null);
	}

	private void retryOrFail(ServiceBusException failure, @Nullable Duration atLeast) {
		this.lastFailure = failure;
		this.attempts.next(failure).ifPresentOrElse((delay) -> {
			Duration wait = (atLeast != null && atLeast.compareTo(delay) > 0) ? atLeast : delay;
			this.cancelWait = this.connection.alarms().set(wait, this::attempt);
			endStepsIfDone();
		}, () -> fail((this.maybeDone && failure.isTransient() && this.request.verb().isChange())
				? unknown("the answer was lost", failure) : failure));
	}

	/**
	 * The call may have ended while a step began.
	 */
	private void endStepsIfDone() {
		if (this.result.isDone()) {
			this.cancelWait.run();
			this.cancelExchange.run();
		}
	}

	private void timedOut(Duration limit) {
		ServiceBusException last = this.lastFailure;
		String description = "no answer within " + limit.toMillis() + " ms"
				+ ((last != null) ? ", and before that: " + last.getMessage() : "");
		ErrorContext context = this.request.where().withDescription(description);
		fail((this.maybeDone && this.request.verb().isChange()) ? unknown(description, last)
				: new OperationTimeoutException(context, last));
	}

	private UnknownOutcomeException unknown(String description, @Nullable ServiceBusException cause) {
		return new UnknownOutcomeException(this.request.where().withDescription(description), cause);
	}

	private void fail(ServiceBusException failure) {
		this.result.completeExceptionally(failure);
	}

}
