package dev.servicebus.emulator.amqp.request;

import dev.servicebus.amqp.endpoint.ReceiverLink;

/**
 * Keeps a client in credit, so that it never waits for a round trip before it sends.
 */
public final class LinkCredit {

	private final int limit;

	/**
	 * Creates a rule for links.
	 * @param limit how many messages may be on their way
	 */
	public LinkCredit(int limit) {
		this.limit = limit;
	}

	/**
	 * Grants what was used up, once half of it is. To be called when the link was
	 * accepted and after each message.
	 */
	public void topUp(ReceiverLink link) {
		int credit = link.credit();
		if (credit <= this.limit / 2) {
			link.addCredit(this.limit - credit);
		}
	}

}
