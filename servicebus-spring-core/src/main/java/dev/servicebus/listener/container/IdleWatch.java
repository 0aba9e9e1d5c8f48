package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.DelayScheduler;

/**
 * Notices that a container has had nothing to do for an interval, and that it has again.
 * A message costs a look at a flag; what is late by up to an interval costs no clock.
 * Thread-safe.
 */
final class IdleWatch {

	private final AtomicBoolean idle = new AtomicBoolean();

	private final AtomicBoolean seen = new AtomicBoolean();

	private final DelayScheduler scheduler;

	private final Duration interval;

	private final BooleanSupplier busy;

	private final Listener listener;

	private volatile boolean stopped;

	private volatile @Nullable Future<?> next;

	/**
	 * Makes a watch, which is not started.
	 * @param interval how long nothing has to happen; zero to watch nothing
	 * @param busy tells whether messages are being handled
	 */
	IdleWatch(DelayScheduler scheduler, Duration interval, BooleanSupplier busy, Listener listener) {
		this.scheduler = scheduler;
		this.interval = interval;
		this.busy = busy;
		this.listener = listener;
	}

	void start() {
		if (!this.interval.isZero()) {
			schedule();
		}
	}

	void stop() {
		this.stopped = true;
		Future<?> current = this.next;
		if (current != null) {
			current.cancel(false);
		}
	}

	/**
	 * A message has come.
	 */
	void message() {
		if (!this.seen.get()) {
			this.seen.set(true);
			wake();
		}
	}

	private void schedule() {
		if (!this.stopped) {
			this.next = this.scheduler.schedule(this.interval, this::look);
		}
	}

	private void look() {
		boolean quiet = !this.seen.getAndSet(false) && !this.busy.getAsBoolean();
		if (quiet && !this.stopped && this.idle.compareAndSet(false, true)) {
			this.listener.idle();
			if (this.seen.get()) {
				wake();
			}
		}
		schedule();
	}

	private void wake() {
		if (this.idle.compareAndSet(true, false)) {
			this.listener.active();
		}
	}

	/**
	 * Hears what a watch notices.
	 */
	interface Listener {

		void idle();

		void active();

	}

}
