package dev.servicebus.client.amqp;

import java.time.Duration;
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

	/** By so much a request may end after its time, for what the broker is sending. */
	private static final Duration GRACE = Duration.ofMillis(200);

	private final ClientCore core;

	private final Deadlines deadlines;

	private final Deque<Request> waiting = new ArrayDeque<>();

	private final PrefetchBuffer fetched;

	private @Nullable AmqpMessageSource source;

	private @Nullable ServiceBusException failure;

	private boolean draining;

	private boolean closed;

	ReceiveRequests(ClientCore core) {
		this.core = core;
		this.deadlines = new Deadlines(core.owner().loop());
		this.fetched = new PrefetchBuffer(core, this::source, this.deadlines, this::giveBackFetched);
	}

	void serveFrom(AmqpMessageSource messages) {
		this.source = messages;
	}

	/**
	 * Adds a request. Thread-safe.
	 * @return ends the request early; thread-safe
	 */
	Runnable add(ReceiveLimits limits, Completion<List<ServiceBusReceivedMessage>> completion) {
		Request request = new Request(limits, completion);
		this.core.execute(() -> start(request));
		return () -> this.core.executeUnlessEnded(() -> abandon(request));
	}

	/**
	 * Ends a request that nobody waits for any more: what it has goes back.
	 */
	private void abandon(Request request) {
		if (!request.over) {
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
		this.core.executeUnlessEnded(() -> release(messages));
	}

	private void release(List<ServiceBusReceivedMessage> messages) {
		for (ServiceBusReceivedMessage message : messages) {
			source().unsettled().settle(message, new Disposition.Release(), Completion.ignored());
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
		this.fetched.discard();
	}

	/**
	 * Nobody has asked for what was fetched for so long that nothing is fetched ahead any
	 * more until somebody does.
	 */
	private void giveBackFetched() {
		source().setDemand(0);
		source().drain(this::discardFetched);
	}

	/**
	 * Gives back what a stream that has ended did not hand out. Messages of a session
	 * stay: nobody else could get them, and they would come after those that follow.
	 * Thread-safe.
	 */
	void streamEnded() {
		this.core.executeUnlessEnded(() -> {
			ReceiverContext context = source().context();
			if (this.waiting.isEmpty() && context.options().prefetch() == 0 && context.terms().locksMessages()) {
				giveBackFetched();
			}
		});
	}

	private void start(Request request) {
		if (this.closed) {
			request.completion.failure(new ServiceBusException(where().withDescription("the receiver is closed")));
			return;
		}
		this.waiting.add(request);
		this.deadlines.add(request.limits.maxWait(), request);
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
		while (!first.isFull()) {
			ServiceBusReceivedMessage next = this.fetched.take();
			if (next == null) {
				break;
			}
			first.take(next);
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
			demand(first.missing() + first.limits.ahead());
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
			this.fetched.add(message);
			return;
		}
		first.take(message);
		if (first.isFull() && !this.draining) {
			if (first.fetchesAhead()) {
				endRound();
			}
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
		Request first = this.waiting.peek();
		this.draining = true;
		source().setDemand(0);
		source().drain(() -> {
			this.draining = false;
			finishFirst();
			if (this.waiting.isEmpty() && (first == null || !first.fetchesAhead())) {
				discardFetched();
			}
		});
	}

	private void finishFirst() {
		Request first = this.waiting.peek();
		if (first != null && (!first.messages.isEmpty() || first.over)) {
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

	/**
	 * A request whose time is up still gets what is on its way, if the broker answers at
	 * once.
	 */
	private void timedOut(Request request) {
		request.over = true;
		if (request == this.waiting.peek() && this.failure == null) {
			endRound();
			if (request == this.waiting.peek()) {
				this.deadlines.add(GRACE, request);
			}
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
	 * One request for messages.
	 */
	private final class Request extends Deadlines.Entry {

		private final ReceiveLimits limits;

		private final Completion<List<ServiceBusReceivedMessage>> completion;

		private final List<ServiceBusReceivedMessage> messages = new ArrayList<>();

		/** Set when it waits for no further messages. */
		private boolean over;

		Request(ReceiveLimits limits, Completion<List<ServiceBusReceivedMessage>> completion) {
			this.limits = limits;
			this.completion = completion;
		}

		boolean isFull() {
			return missing() <= 0;
		}

		boolean fetchesAhead() {
			return this.limits.ahead() > 0;
		}

		int missing() {
			return this.limits.maxMessages() - this.messages.size();
		}

		void take(ServiceBusReceivedMessage message) {
			this.messages.add(message);
			// In this order, so that the slot is not granted once more.
			demand(missing());
			source().unsettled().handedOut(message);
		}

		void end() {
			cancel();
			this.over = true;
			if (source().context().isPeekLock()) {
				this.messages.removeIf((message) -> !source().unsettled().holds(message));
			}
			this.completion.success(List.copyOf(this.messages));
		}

		void fail(ServiceBusException cause) {
			cancel();
			this.over = true;
			this.completion.failure(cause);
		}

		@Override
		protected void expired() {
			if (this.over) {
				finish(this);
			}
			else {
				timedOut(this);
			}
		}

	}

}
