package dev.servicebus.amqp.endpoint;

import dev.servicebus.amqp.DeliveryState;
import org.jspecify.annotations.Nullable;

/**
 * A link on which this side receives. Used only on the connection's loop.
 */
public non-sealed interface ReceiverLink extends AmqpLink {

	/**
	 * Lets the peer send {@code messages} more. Grants of one unit of work leave in one
	 * frame.
	 */
	void addCredit(int messages);

	/**
	 * The credit that the peer has not used yet.
	 */
	int credit();

	/**
	 * Asks the peer to use up its credit or give it back; {@link Listener#onDrained}
	 * follows.
	 */
	void drain();

	/**
	 * Asks the peer for the state of the link; {@link Listener#onFlow} follows from a
	 * peer that knows the link. A drain that is not answered yet asks already; nothing is
	 * sent then.
	 */
	void echo();

	/**
	 * Hears what happens to a receiving link.
	 */
	interface Listener extends AmqpLink.Listener {

		/**
		 * The peer has attached.
		 */
		default void onOpened(ReceiverLink link) {
		}

		/**
		 * A message has arrived completely.
		 */
		void onDelivery(ReceiverLink link, IncomingDelivery delivery);

		/**
		 * A message has arrived that is larger than this side takes. It was not kept, and
		 * its sender is told after this call.
		 * @param link the link
		 * @param delivery the delivery, without payload
		 */
		default void onTooLarge(ReceiverLink link, IncomingDelivery delivery) {
		}

		/**
		 * The peer has said something about a delivery that this side has not settled.
		 * @param link the link
		 * @param delivery the delivery
		 * @param state its state, {@code null} if the peer settled without saying more
		 * @param settled whether the peer has settled it; it is then forgotten on this
		 * side, too
		 */
		default void onDisposition(ReceiverLink link, IncomingDelivery delivery, @Nullable DeliveryState state,
				boolean settled) {
		}

		/**
		 * The peer has told the state of the link, asked or not.
		 */
		default void onFlow(ReceiverLink link) {
		}

		/**
		 * The peer has no credit left after a {@link ReceiverLink#drain()}.
		 */
		default void onDrained(ReceiverLink link) {
		}

	}

}
