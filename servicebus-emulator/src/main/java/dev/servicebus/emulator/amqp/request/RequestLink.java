package dev.servicebus.emulator.amqp.request;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.emulator.store.BrokerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link on which a client sends requests to one node. Belongs to the broker's loop.
 */
public final class RequestLink implements ReceiverLink.Listener {

	private static final Logger logger = LoggerFactory.getLogger(RequestLink.class);

	private static final LinkCredit CREDIT = new LinkCredit(100);

	private final String node;

	private final RequestHandler handler;

	private final ReplyLinks replies;

	private final RequestGate gate;

	/**
	 * Creates the listener of a link.
	 * @param node the name of the node, as {@link ReplyLinks} knows it
	 * @param handler carries the requests out
	 * @param replies the links for responses on the same connection
	 */
	public RequestLink(String node, RequestHandler handler, ReplyLinks replies) {
		this(node, handler, replies, RequestGate.OPEN);
	}

	private RequestLink(String node, RequestHandler handler, ReplyLinks replies, RequestGate gate) {
		this.node = node;
		this.handler = handler;
		this.replies = replies;
		this.gate = gate;
	}

	/**
	 * The same link behind a gate.
	 */
	public RequestLink behind(RequestGate newGate) {
		return new RequestLink(this.node, this.handler, this.replies, newGate);
	}

	/**
	 * Lets the client send.
	 */
	public static void start(ReceiverLink link) {
		CREDIT.topUp(link);
	}

	@Override
	public void onDelivery(ReceiverLink link, IncomingDelivery delivery) {
		delivery.settle(answer(link, delivery));
		CREDIT.topUp(link);
	}

	@Override
	public void onClosed(AmqpLink link, AmqpLink.LinkEnd end) {
	}

	private DeliveryState answer(ReceiverLink link, IncomingDelivery delivery) {
		Request request;
		try {
			request = Request.read(delivery);
		}
		catch (AmqpDecodeException ex) {
			return new DeliveryState.Rejected(Failure.DECODE_ERROR.error("Malformed request: " + ex.getMessage()));
		}
		ReplyLink reply = this.replies.find(request.replyTo(), this.node, link.session());
		if (reply == null) {
			return new DeliveryState.Rejected(
					Failure.NOT_ALLOWED.error("There is no link on this connection that takes the response to '"
							+ request.operation() + "'. Attach a receiver to '" + this.node + "' first."));
		}
		this.gate.pass(this.node, request, () -> handle(request),
				(response) -> reply.send(ResponseWriter.write(request, response)));
		DeliveryState accepted = DeliveryState.Accepted.INSTANCE;
		return (request.transactionId() != null) ? new DeliveryState.Transactional(request.transactionId(), accepted)
				: accepted;
	}

	private Response handle(Request request) {
		try {
			return this.handler.handle(request);
		}
		catch (RefusedException ex) {
			return Response.failed(ex.failure(), ex.getMessage());
		}
		catch (BrokerException ex) {
			return Response.failed(Failure.of(ex.error()), ex.getMessage());
		}
		catch (RuntimeException ex) {
			logger.error("The emulator failed to carry out {} on {}", request.operation(), this.node, ex);
			return Response.failed(Failure.INTERNAL_ERROR, "The emulator has failed: " + ex.getClass().getName());
		}
	}

}
