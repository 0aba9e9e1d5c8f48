package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

import dev.servicebus.listener.DelayScheduler;

/**
 * The time of listeners, which passes when a test says so. Tasks run on the test's
 * thread.
 */
class ListenerTime implements DelayScheduler {

	private final AtomicLong order = new AtomicLong();

	private final AtomicLong nanos = new AtomicLong();

	private final PriorityBlockingQueue<Task> tasks = new PriorityBlockingQueue<>(11,
			Comparator.comparingLong(Task::due).thenComparingLong(Task::order));

	@Override
	public Future<?> schedule(Duration delay, Runnable action) {
		Task task = new Task(nanoTime() + delay.toNanos(), this.order.incrementAndGet(), action,
				new CompletableFuture<>());
		this.tasks.add(task);
		return task.begun();
	}

	@Override
	public long nanoTime() {
		return this.nanos.get();
	}

	@Override
	public Instant instant() {
		return DelayScheduler.super.instant().plusNanos(nanoTime());
	}

	void advance(Duration duration) {
		long target = nanoTime() + duration.toNanos();
		Task task = this.tasks.peek();
		while (task != null && task.due() <= target) {
			this.tasks.remove(task);
			this.nanos.set(Math.max(nanoTime(), task.due()));
			if (task.begun().complete(null)) {
				task.action().run();
			}
			task = this.tasks.peek();
		}
		this.nanos.set(target);
	}

	private record Task(long due, long order, Runnable action, CompletableFuture<Void> begun) {

	}

}
