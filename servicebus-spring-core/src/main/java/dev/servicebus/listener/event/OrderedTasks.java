package dev.servicebus.listener.event;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.listener.container.PatientExecutor;

/**
 * Runs tasks one after another on threads of an executor. Thread-safe; does not block.
 */
final class OrderedTasks {

	private static final Logger logger = LoggerFactory.getLogger(OrderedTasks.class);

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final PatientExecutor executor;

	OrderedTasks(PatientExecutor executor) {
		this.executor = executor;
	}

	/**
	 * Runs a task after those that were given before.
	 */
	void run(Runnable task) {
		this.tasks.add(task);
		if (this.waiting.getAndIncrement() == 0) {
			start();
		}
	}

	private void start() {
		try {
			this.executor.execute(this::work);
		}
		catch (RuntimeException ex) {
			logger.warn("Events of listeners are not published: no thread will come any more", ex);
			this.tasks.clear();
			this.waiting.set(0);
		}
	}

	private void work() {
		int done;
		do {
			done = this.waiting.get();
			for (int i = 0; i < done; i++) {
				runNext();
			}
		}
		while (this.waiting.addAndGet(-done) > 0);
	}

	private void runNext() {
		Runnable task = this.tasks.poll();
		try {
			if (task != null) {
				task.run();
			}
		}
		catch (Throwable ex) {
			logger.warn("A listener of an event has failed", ex);
		}
	}

}
