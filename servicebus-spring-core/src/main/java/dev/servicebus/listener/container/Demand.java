package dev.servicebus.listener.container;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * How many messages a container asks for: one for each that can be handled at once, and
 * one for each that waits for a retry, but for at most as many as the concurrency. So a
 * few failing messages do not hold up the others, while a listener that fails with
 * everything slows the container down instead of emptying its entity.
 *
 * <p>
 * A listener that is busy with a message that is lost still has its place, so that no
 * other message, or that one again, waits behind it while somebody else could handle it.
 * Thread-safe.
 */
final class Demand {

	private final ReentrantLock lock = new ReentrantLock();

	private final IntConsumer sink;

	private int concurrency;

	private int lent;

	private int limit = Integer.MAX_VALUE;

	private int occupied;

	private boolean open;

	Demand(int concurrency, IntConsumer sink) {
		this.concurrency = concurrency;
		this.sink = sink;
	}

	void open() {
		update(() -> this.open = true);
	}

	void close() {
		update(() -> this.open = false);
	}

	void concurrency(int newConcurrency) {
		update(() -> this.concurrency = newConcurrency);
	}

	/**
	 * Asks for no more than that, whatever it wants.
	 */
	void limit(int newLimit) {
		update(() -> this.limit = Math.max(0, newLimit));
	}

	void lend() {
		update(() -> this.lent++);
	}

	void takeBack() {
		update(() -> this.lent--);
	}

	/**
	 * A message is lost with which the listener is still busy.
	 */
	void occupy() {
		update(() -> this.occupied++);
	}

	/**
	 * The listener is done with a message that was lost before.
	 */
	void vacate() {
		update(() -> this.occupied--);
	}

	/** Under the lock, so that the demand that is told last is the right one. */
	private void update(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.sink.accept(this.open ? count() : 0);
		}
		finally {
			this.lock.unlock();
		}
	}

	private int count() {
		int free = Math.max(0, this.concurrency - this.occupied);
		return Math.min(this.limit, free + Math.min(this.lent, this.concurrency));
	}

}
