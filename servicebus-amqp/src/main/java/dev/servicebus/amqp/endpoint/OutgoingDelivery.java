package dev.servicebus.amqp.endpoint;

import dev.servicebus.amqp.DeliveryState;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to the peer. Used only on the connection's loop.
 */
public interface OutgoingDelivery {

	/**
	 * The tag it was sent with.
	 */
	byte[] tag();

	/**
	 * What the sender of this delivery attached to it.
	 */
	@Nullable Object context();

	/**
	 * Settles the delivery and tells the peer its final state. Harmless when it is
	 * settled already, or its link has ended.
	 */
	void settle(DeliveryState state);

}
