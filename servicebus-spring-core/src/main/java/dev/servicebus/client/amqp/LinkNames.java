package dev.servicebus.client.amqp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for links: no two links of one client share one, since a peer takes a second link
 * of the same name for the first. Thread-safe.
 */
final class LinkNames {

	private final String clientId;

	private final AtomicLong next = new AtomicLong();

	LinkNames(String clientId) {
		this.clientId = clientId;
	}

	/**
	 * Makes a name that tells people what the link is for.
	 */
	String next(String entityPath, String purpose) {
		return entityPath + "-" + this.clientId + "-" + purpose + this.next.getAndIncrement();
	}

}
