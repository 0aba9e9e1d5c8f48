package dev.servicebus.client.amqp;

import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A message in hand: where it came from, and whether its slot is still taken.
 */
final class LockedMessage {

	private final ServiceBusReceivedMessage message;

	private final ReceiverLife life;

	private final IncomingDelivery delivery;

	private boolean slotTaken = true;

	LockedMessage(ServiceBusReceivedMessage message, ReceiverLife life, IncomingDelivery delivery) {
		this.message = message;
		this.life = life;
		this.delivery = delivery;
	}

	ServiceBusReceivedMessage message() {
		return this.message;
	}

	/**
	 * The link on which it came, which may be gone.
	 */
	ReceiverLife life() {
		return this.life;
	}

	IncomingDelivery delivery() {
		return this.delivery;
	}

	/**
	 * Frees the slot of the message.
	 * @return whether it was still taken
	 */
	boolean freeSlot() {
		boolean taken = this.slotTaken;
		this.slotTaken = false;
		return taken;
	}

}
