package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Serves requests for messages one after another from a source. With the first message of
 * a request the broker is asked to send what else it has at once and to give the rest of
 * the credit back; so a request ends as soon as no more messages are at hand, and none
 * are on their way when nobody asks.
 *
 * <p>
 * Everything but {@link #add} runs on the loop.
 */
final class ReceiveRequests implements MessageSource.Listener {

	private final ClientCore core;

	private final Deadlines deadlines;

	private final Deque<Request> waiting = new ArrayDeque<>();

	/** Messages that were fetched and not asked for. */
	private final Deque<Fetched> fetched = new ArrayDeque<>();

	private @Nullable AmqpMessageSource source;

	private @Nullable ServiceBusException failure;

	private boolean draining;

	private boolean closed;

	ReceiveRequests(ClientCore core) {
		this.core = core;
		this.deadlines = new Deadlines(core.owner().loop());
	}

	void serveFrom(AmqpMessageSource messages) {
		this.source = messages;
	}

	/**
	 * Adds a request. Thread-safe.
	 * @return ends the request early; thread-safe
	 */
	Runnable add(int maxMessages, Duration maxWait, Completion<List<ServiceBusReceivedMessage>> completion) {
		if (maxMessages < 1) {
			throw new IllegalArgumentException("maxMessages must be at least 1 but is " + maxMessages);
		}
		if (maxWait.isNegative()) {
			throw new IllegalArgumentException("maxWait must not be negative but is " + maxWait);
		}
		Request request = new Request(maxMessages, completion);
		this.core.execute(() -> start(request, maxWait));
		return () -> this.core.execute(() -> abandon(request));
	}

	/**
	 * Ends a request that nobody waits for any more: what it has goes back.
	 */
	private void abandon(Request request) {
		if (request.isPending()) {
			request.cancel();
			timedOut(request);
		}
	}

	/**
	 * What keeps the source from receiving at present.
	 */
	@Nullable ServiceBusException failure() {
		return this.failure;
	}

	/**
	 * Gives back messages whose receiver does not want them any more. Thread-safe.
	 */
	void giveBack(List<ServiceBusReceivedMessage> messages) {
		this.core.execute(() -> release(messages));
	}

	private void release(List<ServiceBusReceivedMessage> messages) {
		for (ServiceBusReceivedMessage message : messages) {
			source().settle(message, new Disposition.Release(), Completion.ignored());
		}
	}

	void close() {
		this.closed = true;
		while (!this.waiting.isEmpty()) {
			this.waiting.remove().end();
		}
		discardFetched();
	}

	/**
	 * Gives back what was not handed out, on the loop.
	 */
	void discardFetched() {
		List<ServiceBusReceivedMessage> messages = this.fetched.stream().map(Fetched::message).toList();
		this.fetched.clear();
		release(messages);
	}

	private void start(Request request, Duration maxWait) {
		if (this.closed) {
			request.completion.failure(new ServiceBusException(where().withDescription("the receiver is closed")));
			return;
		}
		this.waiting.add(request);
		this.deadlines.add(maxWait, request);
		serve();
	}

	/**
	 * Gives the first request what is at hand, or asks the broker.
	 */
	private void serve() {
		Request first = this.waiting.peek();
		if (first == null || this.draining) {
			return;
		}
		while (!first.isFull() && !this.fetched.isEmpty()) {
			Fetched next = this.fetched.remove();
			if (source().holds(next.message()) && !isExpired(next)) {
				first.take(next.message());
			}
		}
		if (!first.messages.isEmpty()) {
			finish(first);
		}
		else if (this.failure != null) {
			this.waiting.remove();
			first.fail(this.failure);
			serve();
		}
		else {
			demand(first.missing());
		}
	}

	/**
	 * Asks for so many messages, and with prefetch for more to come.
	 */
	private void demand(int messages) {
		source().setDemand((source().context().options().prefetch() > 0) ? Math.max(1, messages) : messages);
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message) {
		Request first = this.waiting.peek();
		if (first == null || first.isFull()) {
			this.fetched.add(new Fetched(message, hasRunOut(message)));
			return;
		}
		first.take(message);
		if (first.isFull() && !this.draining) {
			finish(first);
		}
		else {
			endRound();
		}
	}

	/**
	 * Ends the first request as soon as the broker has sent what it has.
	 */
	private void endRound() {
		if (this.draining) {
			return;
		}
		if (source().context().options().prefetch() > 0) {
			// Credit stays out for the messages that are fetched ahead.
			this.core.owner().loop().execute(this::finishFirst);
			return;
		}
		this.draining = true;
		source().setDemand(0);
		source().drain(() -> {
			this.draining = false;
			finishFirst();
		});
	}

	private void finishFirst() {
		Request first = this.waiting.peek();
		if (first != null && (!first.messages.isEmpty() || !first.isPending())) {
			finish(first);
		}
		else {
			serve();
		}
	}

	private void finish(Request request) {
		this.waiting.remove(request);
		demand(0);
		request.end();
		serve();
	}

	private void timedOut(Request request) {
		if (request == this.waiting.peek() && this.failure == null) {
			endRound();
		}
		else {
			this.waiting.remove(request);
			request.end();
		}
	}

	@Override
	public void onFailure(ServiceBusException cause) {
		this.failure = cause;
		if (!cause.isTransient()) {
			List<Request> hopeless = new ArrayList<>(this.waiting);
			this.waiting.clear();
			hopeless.forEach((request) -> request.fail(cause));
		}
	}

	@Override
	public void onReady() {
		this.failure = null;
		serve();
	}

	/**
	 * A lock that had run out as soon as the message came tells that the clocks differ,
	 * and nothing about the lock.
	 */
	private boolean isExpired(Fetched fetched) {
		boolean expired = !fetched.clocksDiffer() && source().context().isPeekLock() && hasRunOut(fetched.message());
		if (expired) {
			source().forget(fetched.message());
		}
		return expired;
	}

	private boolean hasRunOut(ServiceBusReceivedMessage message) {
		OffsetDateTime lockedUntil = message.lockedUntil();
		return lockedUntil != null && this.core.renewals().brokerTime().remaining(lockedUntil).isZero();
	}

	private AmqpMessageSource source() {
		if (this.source == null) {
			throw new IllegalStateException("The receiver has no source");
		}
		return this.source;
	}

	private ErrorContext where() {
		return ErrorContext.of("receive", source().entityPath());
	}

	/**
	 * A message that waits here.
	 *
	 * @param message the message
	 * @param clocksDiffer whether its lock seemed to have run out when it came
	 */
	private record Fetched(ServiceBusReceivedMessage message, boolean clocksDiffer) {

	}

	/**
	 * One request for messages.
	 */
	private final class Request extends Deadlines.Entry {

		private final int maxMessages;

		private final Completion<List<ServiceBusReceivedMessage>> completion;

		private final List<ServiceBusReceivedMessage> messages = new ArrayList<>();

		Request(int maxMessages, Completion<List<ServiceBusReceivedMessage>> completion) {
			this.maxMessages = maxMessages;
			this.completion = completion;
		}

		boolean isFull() {
			return this.messages.size() >= this.maxMessages;
		}

		int missing() {
			return this.maxMessages - this.messages.size();
		}

		void take(ServiceBusReceivedMessage message) {
			this.messages.add(message);
			// In this order, so that the slot is not granted once more.
			demand(missing());
			source().handedOut(message);
		}

		void end() {
			cancel();
			if (source().context().isPeekLock()) {
				this.messages.removeIf((message) -> !source().holds(message));
			}
			this.completion.success(List.copyOf(this.messages));
		}

		void fail(ServiceBusException cause) {
			cancel();
			this.completion.failure(cause);
		}

		@Override
		protected void expired() {
			timedOut(this);
		}

	}

}
