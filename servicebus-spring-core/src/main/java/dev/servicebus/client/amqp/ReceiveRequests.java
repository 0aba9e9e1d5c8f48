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

	private final Deque<ReceiveRequest> waiting = new ArrayDeque<>();

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
		ReceiveRequest request = new ReceiveRequest(limits, completion, this::expired);
		this.core.execute(() -> start(request));
		return () -> this.core.executeUnlessEnded(() -> abandon(request));
	}

	/**
	 * Ends a request that nobody waits for any more: what it has goes back.
	 */
	private void abandon(ReceiveRequest request) {
		if (!request.isOver()) {
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
			end(this.waiting.remove());
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

	private void start(ReceiveRequest request) {
		if (this.closed) {
			request.fail(new ServiceBusException(where().withDescription("the receiver is closed")));
			return;
		}
		this.waiting.add(request);
		this.deadlines.add(request.limits().maxWait(), request);
		serve();
	}

	/**
	 * Gives the first request what is at hand, or asks the broker.
	 */
	private void serve() {
		ReceiveRequest first = this.waiting.peek();
		if (first == null || this.draining) {
			return;
		}
		while (!first.isFull()) {
			ServiceBusReceivedMessage next = this.fetched.take();
			if (next == null) {
				break;
			}
			take(first, next);
		}
		if (!first.isEmpty()) {
			finish(first);
		}
		else if (this.failure != null) {
			this.waiting.remove();
			first.fail(this.failure);
			serve();
		}
		else {
			demand(first.missing() + first.limits().ahead());
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
		ReceiveRequest first = this.waiting.peek();
		if (first == null || first.isFull()) {
			this.fetched.add(message);
			return;
		}
		take(first, message);
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
		ReceiveRequest first = this.waiting.peek();
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
		ReceiveRequest first = this.waiting.peek();
		if (first != null && (!first.isEmpty() || first.isOver())) {
			finish(first);
		}
		else {
			serve();
		}
	}

	private void finish(ReceiveRequest request) {
		this.waiting.remove(request);
		demand(0);
		end(request);
		serve();
	}

	private void take(ReceiveRequest request, ServiceBusReceivedMessage message) {
		request.add(message);
		// In this order, so that the slot is not granted once more.
		demand(request.missing());
		source().unsettled().handedOut(message);
	}

	private void end(ReceiveRequest request) {
		boolean locked = source().context().isPeekLock();
		request.end((message) -> !locked || source().unsettled().holds(message));
	}

	private void expired(ReceiveRequest request) {
		if (request.isOver()) {
			finish(request);
		}
		else {
			timedOut(request);
		}
	}

	/**
	 * A request whose time is up still gets what is on its way, if the broker answers at
	 * once.
	 */
	private void timedOut(ReceiveRequest request) {
		request.stopWaiting();
		if (request == this.waiting.peek() && this.failure == null) {
			endRound();
			if (request == this.waiting.peek()) {
				this.deadlines.add(GRACE, request);
			}
		}
		else {
			this.waiting.remove(request);
			end(request);
		}
	}

	@Override
	public void onFailure(ServiceBusException cause) {
		this.failure = cause;
		if (!cause.isTransient()) {
			List<ReceiveRequest> hopeless = new ArrayList<>(this.waiting);
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

}
