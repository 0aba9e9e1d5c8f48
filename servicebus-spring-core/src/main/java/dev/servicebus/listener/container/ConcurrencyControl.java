package dev.servicebus.listener.container;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

import dev.servicebus.listener.Concurrency;

/**
 * Decides how many messages are handled at once at present. In a range, one more when a
 * number of messages in a row began while all others were busy, and the lower end again
 * when there was nothing left to do: idle handlers cost nothing but credit, which others
 * could use. Thread-safe.
 */
final class ConcurrencyControl {

	/**
	 * How many messages in a row have to find all handlers busy before one more is added.
	 */
	static final int PATIENCE = 10;

	private final ReentrantLock lock = new ReentrantLock();

	private final IntConsumer sink;

	private volatile Concurrency range;

	private volatile int current;

	private int allBusy;

	/**
	 * Makes a control.
	 * @param sink is told each change, not the beginning
	 */
	ConcurrencyControl(Concurrency range, IntConsumer sink) {
		this.range = range;
		this.current = range.minimum();
		this.sink = sink;
	}

	int current() {
		return this.current;
	}

	/**
	 * Changes the range. Handlers that are too many finish what they have begun.
	 */
	void range(Concurrency newRange) {
		this.lock.lock();
		try {
			this.range = newRange;
			change(Math.max(newRange.minimum(), Math.min(this.current, newRange.maximum())));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A message begins.
	 * @param busy how many are being handled, this one included
	 */
	void begins(int busy) {
		if (!this.range.isElastic()) {
			return;
		}
		this.lock.lock();
		try {
			this.allBusy = (busy >= this.current) ? this.allBusy + 1 : 0;
			if (this.allBusy >= PATIENCE && this.current < this.range.maximum()) {
				change(this.current + 1);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * There is nothing left to handle.
	 */
	void idle() {
		if (this.current == this.range.minimum()) {
			return;
		}
		this.lock.lock();
		try {
			change(this.range.minimum());
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Under the lock, so that the number that is told last is the right one. */
	private void change(int number) {
		this.allBusy = 0;
		if (number != this.current) {
			this.current = number;
			this.sink.accept(number);
		}
	}

}
