package dev.servicebus.listener.container;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what keeps something, until it is given away. Thread-safe.
 */
final class Uses {

	/** What was given away cannot be used again. */
	private static final int OVER = Integer.MIN_VALUE;

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * Begins a use.
	 * @return {@code false} if it is too late
	 */
	boolean begin() {
		return this.count.updateAndGet((current) -> (current == OVER) ? OVER : current + 1) != OVER;
	}

	/**
	 * Begins a use beside another.
	 */
	void beginAnother() {
		this.count.incrementAndGet();
	}

	/**
	 * Ends a use.
	 * @return whether it was the last one
	 */
	boolean end() {
		return this.count.decrementAndGet() == 0;
	}

	boolean isEmpty() {
		return this.count.get() == 0;
	}

	/**
	 * Lets no more uses begin if there is none.
	 * @return whether that has ended them, which happens once
	 */
	boolean close() {
		return this.count.compareAndSet(0, OVER);
	}

}
