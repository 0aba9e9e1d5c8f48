package dev.servicebus.listener.support;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import dev.servicebus.listener.DelayScheduler;

/**
 * A scheduler whose time passes when a test says so. Tasks run on the test's thread.
 */
public final class VirtualTime implements DelayScheduler {

	private final ReentrantLock lock = new ReentrantLock();

	private final PriorityQueue<Task> tasks = new PriorityQueue<>(
			Comparator.comparing(Task::due).thenComparing(Task::order));

	private final AtomicLong order = new AtomicLong();

	private Duration now = Duration.ZERO;

	@Override
	public Future<?> schedule(Duration delay, Runnable task) {
		this.lock.lock();
		try {
			Task scheduled = new Task(this.now.plus(delay), this.order.incrementAndGet(), task,
					new CompletableFuture<>());
			this.tasks.add(scheduled);
			return scheduled.future();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public Instant instant() {
		return Instant.EPOCH.plus(this.now);
	}

	@Override
	public long nanoTime() {
		return this.now.toNanos();
	}

	/**
	 * Lets time pass and runs what becomes due.
	 */
	public void advance(Duration duration) {
		Duration target = this.now.plus(duration);
		Task next = due(target);
		while (next != null) {
			if (next.future().complete(null)) {
				next.action().run();
			}
			next = due(target);
		}
		this.now = target;
	}

	/**
	 * How many tasks still wait.
	 */
	public int pending() {
		this.lock.lock();
		try {
			return (int) this.tasks.stream().filter((task) -> !task.future().isDone()).count();
		}
		finally {
			this.lock.unlock();
		}
	}

	private Task due(Duration target) {
		this.lock.lock();
		try {
			if (this.tasks.isEmpty() || this.tasks.peek().due().compareTo(target) > 0) {
				return null;
			}
			Task task = this.tasks.poll();
			this.now = task.due();
			return task;
		}
		finally {
			this.lock.unlock();
		}
	}

	private record Task(Duration due, long order, Runnable action, CompletableFuture<Void> future) {

	}

}
