package dev.servicebus.amqp.endpoint;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.Attach;
import org.jspecify.annotations.Nullable;

/**
 * What sending and receiving links have in common. Used only on the connection's loop.
 */
public sealed interface AmqpLink permits SenderLink, ReceiverLink {

	/**
	 * The session this link is on.
	 */
	AmqpSession session();

	/**
	 * The name of the link.
	 */
	String name();

	/**
	 * What the peer said when it attached.
	 * @throws IllegalStateException before the peer has attached
	 */
	Attach peer();

	/**
	 * Returns whether both sides have attached and neither has detached.
	 */
	boolean isOpen();

	/**
	 * Closes the link; {@link Listener#onClosed} follows when the peer has answered or
	 * can no longer answer. Harmless when repeated.
	 * @param error tells the peer why, {@code null} for an orderly end
	 */
	void close(@Nullable AmqpError error);

	/**
	 * Ends the link on this side only, as a peer does that loses track of it: the other
	 * side is told nothing, and what it says about the link is ignored, but for its
	 * detach. {@link Listener#onClosed} is called before this returns. For simulated
	 * faults; harmless when repeated.
	 */
	void forget();

	/**
	 * Hears what happens to a link, on the connection's loop.
	 */
	interface Listener {

		/**
		 * The link is over: detached by either side, refused, or gone with its session or
		 * connection. Called exactly once. Deliveries that are not settled by now get no
		 * further event.
		 * @param link the link
		 * @param end why and how
		 */
		void onClosed(AmqpLink link, LinkEnd end);

	}

	/**
	 * How a link ended.
	 *
	 * @param cause who or what ended it
	 * @param error why, if anybody said so
	 */
	record LinkEnd(Cause cause, @Nullable AmqpError error) {

		/**
		 * Who or what ended a link.
		 */
		public enum Cause {

			/** This side closed it. */
			LOCAL,

			/** The peer refused to attach it. */
			REFUSED,

			/** The peer detached it. */
			REMOTE,

			/** Its session or connection ended. */
			PARENT

		}

	}

}
