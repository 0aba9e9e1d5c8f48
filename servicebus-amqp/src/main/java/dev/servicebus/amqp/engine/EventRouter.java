package dev.servicebus.amqp.engine;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.ErrorCondition;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Session;
import org.jspecify.annotations.Nullable;

/**
 * Takes the engine's events to the object they concern.
 */
final class EventRouter {

	private final ProtonConnection connection;

	EventRouter(ProtonConnection connection) {
		this.connection = connection;
	}

	void route(Event event) {
		switch (event.getType()) {
			case CONNECTION_REMOTE_OPEN -> this.connection.onRemoteOpen();
			case CONNECTION_REMOTE_CLOSE -> this.connection.onRemoteClose();
			case TRANSPORT_ERROR -> this.connection.onTransportError();
			case SESSION_REMOTE_OPEN -> this.connection.onRemoteBegin(event.getSession());
			case SESSION_REMOTE_CLOSE -> onRemoteEnd(event.getSession());
			case LINK_REMOTE_OPEN -> onRemoteAttach(event.getLink());
			case LINK_REMOTE_CLOSE, LINK_REMOTE_DETACH -> onRemoteDetach(event.getLink());
			case LINK_FLOW -> onFlow(event.getLink());
			case DELIVERY -> onDelivery(event.getDelivery());
			default -> {
				// The other events tell what this side has done itself.
			}
		}
	}

	private void onRemoteEnd(Session session) {
		if (session.getContext() instanceof ProtonSession ours) {
			ours.onRemoteEnd();
		}
	}

	/**
	 * The engine reports an attach on a handle that is in use, and nothing else, as one
	 * without a link. Which link the peer means from now on is anybody's guess.
	 */
	private void onRemoteAttach(@Nullable Link link) {
		if (link == null) {
			this.connection
				.close(AmqpError.of(ErrorCondition.HANDLE_IN_USE, "A link was attached to a handle that is in use."));
		}
		else if (link.getContext() instanceof ProtonLink ours) {
			ours.onRemoteAttach();
		}
		else if (link.getContext() == null && link.getSession().getContext() instanceof ProtonSession session) {
			session.onIncomingLink(link);
		}
	}

	private void onRemoteDetach(Link link) {
		if (link.getContext() instanceof DetachTarget target) {
			target.onRemoteDetach();
		}
	}

	private void onFlow(Link link) {
		if (link.getContext() instanceof ProtonLink ours) {
			ours.onFlow();
		}
	}

	private void onDelivery(Delivery delivery) {
		if (delivery.getLink().getContext() instanceof ProtonLink ours) {
			ours.onDelivery(delivery);
		}
	}

	/**
	 * What stands behind a link of the engine: a link of ours, or a request for one.
	 */
	interface DetachTarget {

		/**
		 * The peer has detached.
		 */
		void onRemoteDetach();

	}

}
