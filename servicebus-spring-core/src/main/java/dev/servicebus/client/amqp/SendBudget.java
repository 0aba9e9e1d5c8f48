package dev.servicebus.client.amqp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what the sends of one client hold in memory until they end, whether they wait
 * for a connection, for credit or for an answer. Thread-safe.
 */
final class SendBudget {

	/** What a send holds besides its payload, roughly. */
	private static final int OVERHEAD = 256;

	private final long limit;

	private final AtomicLong used = new AtomicLong();

	/**
	 * A budget of which nothing is used.
	 * @param limit how many bytes the sends may hold
	 */
	SendBudget(long limit) {
		this.limit = limit;
	}

	/**
	 * Takes a share for a payload. A payload that is alone gets it in any case, or it
	 * could never be sent.
	 * @return whether there was enough left
	 */
	boolean take(int payloadSize) {
		long share = share(payloadSize);
		long before = this.used.getAndAdd(share);
		if (before > 0 && before + share > this.limit) {
			this.used.addAndGet(-share);
			return false;
		}
		return true;
	}

	/**
	 * Gives back what was taken for a payload.
	 */
	void giveBack(int payloadSize) {
		this.used.addAndGet(-share(payloadSize));
	}

	long used() {
		return this.used.get();
	}

	long limit() {
		return this.limit;
	}

	private static long share(int payloadSize) {
		return (long) payloadSize + OVERHEAD;
	}

}
