package dev.servicebus.amqp.endpoint;

import dev.servicebus.amqp.DeliveryState;
import org.jspecify.annotations.Nullable;

/**
 * A link on which this side sends. Used only on the connection's loop.
 */
public non-sealed interface SenderLink extends AmqpLink {

	/**
	 * How many messages the peer will take now. Never negative.
	 */
	int credit();

	/**
	 * Returns whether the peer asked to use up its credit or give it back, and has not
	 * been answered by {@link #drained()}.
	 */
	boolean isDraining();

	/**
	 * Answers a drain: gives the remaining credit back. Answers also if no credit was
	 * left.
	 */
	void drained();

	/**
	 * Sends one message. The bytes are not copied: the array must not be changed any
	 * more.
	 * @param tag identifies the delivery while it is unsettled, up to 32 bytes
	 * @param messageFormat the format, 0 for a plain AMQP message
	 * @param payload holds the encoded message
	 * @param offset where it begins
	 * @param length its length in bytes
	 * @param settled whether to send it settled, so that no answer follows
	 * @param state the state to send along, for transactions
	 * @param context anything the caller wants to find again in
	 * {@link OutgoingDelivery#context()}
	 * @throws IllegalStateException without {@linkplain #credit() credit}, or if the link
	 * is not open
	 */
	OutgoingDelivery send(byte[] tag, int messageFormat, byte[] payload, int offset, int length, boolean settled,
			@Nullable DeliveryState state, @Nullable Object context);

	/**
	 * Hears what happens to a sending link.
	 */
	interface Listener extends AmqpLink.Listener {

		/**
		 * The peer has attached.
		 */
		default void onOpened(SenderLink link) {
		}

		/**
		 * The peer has granted credit or asked to drain.
		 */
		default void onCredit(SenderLink link) {
		}

		/**
		 * The peer has said something about an unsettled delivery.
		 * @param link the link
		 * @param delivery the delivery
		 * @param state its state, {@code null} if the peer settled without saying more
		 * @param settled whether the peer has settled it; it is then forgotten on this
		 * side, too
		 */
		default void onDisposition(SenderLink link, OutgoingDelivery delivery, @Nullable DeliveryState state,
				boolean settled) {
		}

	}

}
