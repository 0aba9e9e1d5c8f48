package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.DelayScheduler;

/**
 * Notices when something has been idle for a time without a break. To become idle costs a
 * look at the clock, and to be busy again nothing: the one task that is scheduled finds
 * out when it runs. Thread-safe.
 */
final class IdleTimer {

	private final AtomicBoolean armed = new AtomicBoolean();

	private final DelayScheduler scheduler;

	private final Duration timeout;

	private final BooleanSupplier idle;

	private final Runnable expired;

	private volatile long idleSince;

	private volatile boolean stopped;

	private volatile @Nullable Future<?> task;

	/**
	 * Makes a timer that does not run.
	 * @param timeout how long nothing has to happen
	 * @param idle tells whether nothing happens
	 * @param expired runs when the time is over; it decides for itself whether something
	 * has begun just now
	 */
	IdleTimer(DelayScheduler scheduler, Duration timeout, BooleanSupplier idle, Runnable expired) {
		this.scheduler = scheduler;
		this.timeout = timeout;
		this.idle = idle;
		this.expired = expired;
	}

	/**
	 * Nothing happens from now on.
	 */
	void idle() {
		this.idleSince = this.scheduler.nanoTime();
		arm(this.timeout);
	}

	/**
	 * Ends the timer.
	 */
	void stop() {
		this.stopped = true;
		Future<?> current = this.task;
		if (current != null) {
			current.cancel(false);
		}
	}

	private void arm(Duration delay) {
		if (!this.stopped && this.armed.compareAndSet(false, true)) {
			this.task = this.scheduler.schedule(delay, this::look);
		}
	}

	private void look() {
		this.armed.set(false);
		if (this.stopped || !this.idle.getAsBoolean()) {
			return;
		}
		Duration left = this.timeout.minusNanos(this.scheduler.nanoTime() - this.idleSince);
		if (left.isNegative() || left.isZero()) {
			this.expired.run();
		}
		else {
			arm(left);
		}
	}

}
