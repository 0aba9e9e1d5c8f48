package dev.servicebus.listener.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.BatchOptions;
import dev.servicebus.listener.DelayScheduler;

/**
 * Collects messages that have nothing to do with each other to batches. Thread-safe; no
 * method blocks.
 */
final class BatchCollector {

	private final ReentrantLock lock = new ReentrantLock();

	private final BatchOptions options;

	private final DelayScheduler scheduler;

	private final Consumer<List<Delivery>> exit;

	private List<Delivery> batch = new ArrayList<>();

	private @Nullable Future<?> deadline;

	/**
	 * Makes a collector.
	 * @param exit takes the batches
	 */
	BatchCollector(BatchOptions options, DelayScheduler scheduler, Consumer<List<Delivery>> exit) {
		this.options = options;
		this.scheduler = scheduler;
		this.exit = exit;
	}

	void add(Delivery delivery) {
		List<Delivery> complete = null;
		this.lock.lock();
		try {
			this.batch.add(delivery);
			boolean full = this.batch.size() >= this.options.size() || this.options.maxWait().isZero();
			if (full || (this.batch.size() == 1 && !startDeadline(this.batch))) {
				complete = take();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (complete != null) {
			this.exit.accept(complete);
		}
	}

	/**
	 * Lets what was collected so far wait no longer.
	 */
	void flush() {
		this.lock.lock();
		List<Delivery> collected;
		try {
			collected = take();
		}
		finally {
			this.lock.unlock();
		}
		if (!collected.isEmpty()) {
			this.exit.accept(collected);
		}
	}

	/**
	 * Returns whether somebody will end the wait.
	 */
	private boolean startDeadline(List<Delivery> started) {
		try {
			this.deadline = this.scheduler.schedule(this.options.maxWait(), () -> flush(started));
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private void flush(List<Delivery> due) {
		boolean current;
		this.lock.lock();
		try {
			current = this.batch == due;
		}
		finally {
			this.lock.unlock();
		}
		if (current) {
			flush();
		}
	}

	private List<Delivery> take() {
		List<Delivery> taken = this.batch;
		this.batch = new ArrayList<>();
		Future<?> timer = this.deadline;
		if (timer != null) {
			timer.cancel(false);
			this.deadline = null;
		}
		return taken;
	}

}
