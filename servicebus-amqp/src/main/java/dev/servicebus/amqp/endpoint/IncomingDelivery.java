package dev.servicebus.amqp.endpoint;

import dev.servicebus.amqp.DeliveryState;
import org.jspecify.annotations.Nullable;

/**
 * A message from the peer. Used only on the connection's loop, but for the payload, which
 * nobody changes any more.
 */
public interface IncomingDelivery {

	/**
	 * The peer's name for this delivery.
	 */
	byte[] tag();

	/**
	 * The format, 0 for a plain AMQP message.
	 */
	int messageFormat();

	/**
	 * The encoded message. Not shared with anything, and never changed.
	 */
	byte[] payload();

	/**
	 * The state that came with the message, for transactions.
	 */
	@Nullable DeliveryState initialState();

	/**
	 * Returns whether the peer has settled the delivery.
	 */
	boolean isRemotelySettled();

	/**
	 * What this side attached to the delivery.
	 */
	@Nullable Object context();

	/**
	 * Attaches something to the delivery, to be found again when the peer answers.
	 */
	void setContext(@Nullable Object context);

	/**
	 * Tells the peer an outcome without settling; its answer arrives as
	 * {@link ReceiverLink.Listener#onDisposition}. Consecutive equal outcomes leave as
	 * one frame.
	 * @throws IllegalStateException if this side has settled the delivery
	 */
	void propose(DeliveryState state);

	/**
	 * Settles the delivery and tells the peer its final state. Harmless when it is
	 * settled already, or its link has ended.
	 */
	void settle(DeliveryState state);

}
