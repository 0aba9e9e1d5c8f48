package dev.servicebus.amqp.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.ReceiverSettleMode;
import dev.servicebus.amqp.SenderSettleMode;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpLink.LinkEnd;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.endpoint.OutgoingDelivery;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.amqp.flow.CreditWindow;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.amqp.type.UnsignedLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pair of links to a node that answers requests. The pair is one unit: when one half is
 * lost the other is closed, too, and every request ends. It lives once; who needs another
 * one attaches another one.
 *
 * <p>
 * Every request ends exactly once, with a response or a failure. Used only on the
 * connection's loop.
 */
public final class RequestLink {

	private static final Logger logger = LoggerFactory.getLogger(RequestLink.class);

	/** Requests that may wait for a response at a time: there is credit for as many. */
	private static final int WINDOW = 200;

	private final RequestNode node;

	private final Listener listener;

	private final Deadlines deadlines;

	private final CreditWindow credit = new CreditWindow(0);

	private final Map<UnsignedLong, Request> sent = new LinkedHashMap<>();

	private final Deque<Request> waiting = new ArrayDeque<>();

	private final SenderLink sender;

	private final ReceiverLink receiver;

	private long nextId = 1;

	private boolean opened;

	private boolean closed;

	private RequestLink(AmqpSession session, RequestNode node, Listener listener) {
		this.node = node;
		this.listener = listener;
		this.deadlines = new Deadlines(session.connection().loop());
		Halves halves = new Halves();
		this.sender = session.attachSender(
				Attach
					.sender(node.linkName() + ":sender", Terminus.Source.of(node.replyTo()),
							new Terminus.Target(node.address()))
					.withProperties(node.properties()),
				halves);
		this.receiver = session.attachReceiver(Attach
			.receiver(node.linkName() + ":receiver", Terminus.Source.of(node.address()),
					new Terminus.Target(node.replyTo()), SenderSettleMode.SETTLED, ReceiverSettleMode.FIRST)
			.withProperties(node.properties()), halves);
		this.credit.demand(WINDOW);
		grantCredit();
	}

	/**
	 * Attaches a pair. Requests may be handed in at once; they leave when both halves are
	 * attached.
	 */
	public static RequestLink attach(AmqpSession session, RequestNode node, Listener listener) {
		return new RequestLink(session, node, listener);
	}

	/**
	 * Sends a request.
	 * @param message the request; its message id and reply-to are set here
	 * @param state a state to send along, for transactions
	 * @param limit within which the response must be there
	 * @param handler hears how it ends
	 */
	public void request(AmqpMessage message, @Nullable DeliveryState state, Duration limit, ResponseHandler handler) {
		Request request = new Request(message, state, handler);
		if (this.closed) {
			request.fail(RequestFailure.Kind.LINK_LOST, null);
			return;
		}
		this.deadlines.add(limit, request);
		this.waiting.add(request);
		sendWaiting();
	}

	/**
	 * The number of requests that have not ended.
	 */
	public int pending() {
		return this.waiting.size() + this.sent.size();
	}

	/**
	 * Detaches both halves and ends every request. Harmless when repeated.
	 */
	public void close() {
		end(new LinkEnd(LinkEnd.Cause.LOCAL, null));
	}

	private void sendWaiting() {
		while (this.opened && this.sender.credit() > 0 && this.sent.size() < WINDOW && !this.waiting.isEmpty()) {
			this.waiting.remove().send();
		}
	}

	private void grantCredit() {
		int grant = this.credit.topUp();
		if (grant > 0) {
			this.receiver.addCredit(grant);
		}
	}

	private void openedHalf() {
		if (!this.opened && this.sender.isOpen() && this.receiver.isOpen()) {
			this.opened = true;
			this.listener.onOpened(this);
			sendWaiting();
		}
	}

	private void end(LinkEnd end) {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.sender.close(null);
		this.receiver.close(null);
		List<Request> open = new ArrayList<>(this.sent.values());
		open.addAll(this.waiting);
		this.sent.clear();
		this.waiting.clear();
		this.deadlines.clear();
		for (Request request : open) {
			request.fail(RequestFailure.Kind.LINK_LOST, end);
		}
		this.listener.onClosed(this, end);
	}

	private void received(IncomingDelivery delivery) {
		this.credit.arrived();
		this.credit.released();
		if (!delivery.isRemotelySettled()) {
			delivery.settle(DeliveryState.Accepted.INSTANCE);
		}
		grantCredit();
		EncodedMessage response = EncodedMessage.of(delivery.payload());
		Object correlationId = response.properties().correlationId();
		Request request = (correlationId instanceof UnsignedLong id) ? this.sent.remove(id) : null;
		if (request == null) {
			logger.debug("Ignored a response of {} that nobody waits for, correlation id {}", this.node.address(),
					correlationId);
			return;
		}
		request.cancel();
		request.handler.onResponse(response);
		sendWaiting();
	}

	@Override
	public String toString() {
		return "RequestLink[" + this.node.address() + "]";
	}

	/**
	 * Hears how a request ends.
	 */
	public interface ResponseHandler {

		/**
		 * The response is there; whether it tells of success is the node's matter.
		 */
		void onResponse(EncodedMessage response);

		/**
		 * There will be no response.
		 */
		void onFailure(RequestFailure failure);

	}

	/**
	 * Hears what happens to the pair.
	 */
	public interface Listener {

		/**
		 * Both halves are attached.
		 */
		void onOpened(RequestLink link);

		/**
		 * The pair is over. Called once, after every request has ended.
		 */
		void onClosed(RequestLink link, LinkEnd end);

	}

	/**
	 * One request, from the call to its end.
	 */
	private final class Request extends Deadlines.Entry {

		private final AmqpMessage message;

		private final @Nullable DeliveryState state;

		private final ResponseHandler handler;

		private @Nullable UnsignedLong id;

		Request(AmqpMessage message, @Nullable DeliveryState state, ResponseHandler handler) {
			this.message = message;
			this.state = state;
			this.handler = handler;
		}

		void send() {
			RequestLink link = RequestLink.this;
			UnsignedLong messageId = UnsignedLong.of(link.nextId++);
			this.id = messageId;
			link.sent.put(messageId, this);
			byte[] bytes = this.message.mutate()
				.properties(
						this.message.properties().mutate().messageId(messageId).replyTo(link.node.replyTo()).build())
				.build()
				.encode();
			byte[] tag = ByteBuffer.allocate(Long.BYTES).putLong(messageId.longValue()).array();
			link.sender.send(tag, 0, bytes, 0, bytes.length, false, this.state, this);
		}

		void rejected(@Nullable DeliveryState outcome) {
			if (this.id != null && RequestLink.this.sent.remove(this.id) == this) {
				cancel();
				this.handler.onFailure(new RequestFailure(RequestFailure.Kind.REJECTED, false,
						(outcome instanceof DeliveryState.Rejected rejected) ? rejected.error() : null));
			}
		}

		void fail(RequestFailure.Kind kind, @Nullable LinkEnd end) {
			this.handler.onFailure(new RequestFailure(kind, this.id != null, (end != null) ? end.error() : null));
		}

		@Override
		protected void expired() {
			if (this.id != null) {
				RequestLink.this.sent.remove(this.id);
			}
			else {
				RequestLink.this.waiting.remove(this);
			}
			fail(RequestFailure.Kind.TIMEOUT, null);
		}

	}

	private final class Halves implements SenderLink.Listener, ReceiverLink.Listener {

		@Override
		public void onOpened(SenderLink link) {
			openedHalf();
		}

		@Override
		public void onOpened(ReceiverLink link) {
			openedHalf();
		}

		@Override
		public void onCredit(SenderLink link) {
			sendWaiting();
		}

		@Override
		public void onDelivery(ReceiverLink link, IncomingDelivery delivery) {
			received(delivery);
		}

		@Override
		public void onDisposition(SenderLink link, OutgoingDelivery delivery, @Nullable DeliveryState outcome,
				boolean settled) {
			boolean taken = outcome == null || outcome instanceof DeliveryState.Accepted
					|| outcome instanceof DeliveryState.Transactional;
			if (!taken && delivery.context() instanceof Request request) {
				request.rejected(outcome);
			}
		}

		@Override
		public void onClosed(AmqpLink link, LinkEnd end) {
			RequestLink.this.end(end);
		}

	}

}
