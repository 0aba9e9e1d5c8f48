package dev.servicebus.listener.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.servicebus.listener.BatchOptions;
import dev.servicebus.listener.DelayScheduler;

/**
 * Collects messages that have nothing to do with each other to batches. Thread-safe; no
 * method blocks.
 */
final class BatchCollector {

	private final ReentrantLock lock = new ReentrantLock();

	private final BatchOptions options;

	private final BatchDeadline deadline;

	private final Consumer<List<Delivery>> exit;

	private List<Delivery> batch = new ArrayList<>();

	/**
	 * Makes a collector.
	 * @param exit takes the batches
	 */
	BatchCollector(BatchOptions options, DelayScheduler scheduler, Consumer<List<Delivery>> exit) {
		this.options = options;
		this.deadline = new BatchDeadline(options, scheduler, this::deadlineIsOver);
		this.exit = exit;
	}

	void add(Delivery delivery) {
		List<Delivery> complete = null;
		this.lock.lock();
		try {
			this.batch.add(delivery);
			boolean full = this.batch.size() >= this.options.size();
			if (full || (this.batch.size() == 1 && !this.deadline.start())) {
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

	private void deadlineIsOver(int started) {
		List<Delivery> collected;
		this.lock.lock();
		try {
			collected = this.deadline.end(started) ? take() : List.of();
		}
		finally {
			this.lock.unlock();
		}
		if (!collected.isEmpty()) {
			this.exit.accept(collected);
		}
	}

	private List<Delivery> take() {
		List<Delivery> taken = this.batch;
		this.batch = new ArrayList<>();
		this.deadline.end();
		return taken;
	}

}
