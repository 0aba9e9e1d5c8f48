package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.DelayScheduler;

/**
 * Decides how many messages are handled at once at present. In a range, one more when all
 * handlers were busy again and again, and the lower end again when there was nothing to
 * do for a while: idle handlers cost nothing but credit, which others could use.
 *
 * <p>
 * Without prefetch the next message only sets out when the one before it is settled, and
 * handlers that began together may end together. So a moment without work is neither a
 * reason to shrink nor one not to grow. Thread-safe.
 */
final class ConcurrencyControl {

	/**
	 * How many messages have to find all handlers busy before one more is added. There
	 * may be others between them, but fewer than there are handlers.
	 */
	static final int PATIENCE = 10;

	/** For how long nothing has to be handled before it is the lower end again. */
	static final Duration REST = Duration.ofSeconds(1);

	private final ReentrantLock lock = new ReentrantLock();

	private final IdleTimer rest;

	private final IntConsumer sink;

	private volatile Concurrency range;

	private volatile int current;

	private volatile boolean idle;

	private int allBusy;

	private int sinceAllBusy;

	/**
	 * Makes a control.
	 * @param scheduler notices when nothing is done for a while
	 * @param sink is told each change, not the beginning
	 */
	ConcurrencyControl(Concurrency range, DelayScheduler scheduler, IntConsumer sink) {
		this.rest = new IdleTimer(scheduler, REST, () -> this.idle, this::shrink);
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
		this.idle = false;
		this.lock.lock();
		try {
			if (busy >= this.current) {
				this.allBusy++;
				this.sinceAllBusy = 0;
			}
			else if (++this.sinceAllBusy >= this.current) {
				this.allBusy = 0;
			}
			if (this.allBusy >= PATIENCE && this.current < this.range.maximum()) {
				change(this.current + 1);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * There is nothing left to handle at present.
	 */
	void idle() {
		if (this.current != this.range.minimum()) {
			this.idle = true;
			this.rest.idle();
		}
	}

	/**
	 * Nothing changes any more by itself.
	 */
	void close() {
		this.rest.stop();
	}

	private void shrink() {
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
		this.sinceAllBusy = 0;
		if (number != this.current) {
			this.current = number;
			this.sink.accept(number);
		}
	}

}
