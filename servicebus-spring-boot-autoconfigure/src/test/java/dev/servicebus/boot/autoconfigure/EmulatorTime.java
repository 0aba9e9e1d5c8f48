package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.listener.DelayScheduler;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Times listener containers by the clock of the emulator: both move when a test says so,
 * and never otherwise. What the containers have to do then is done on the thread of the
 * test.
 */
public final class EmulatorTime implements DelayScheduler {

	private final ServiceBusEmulator emulator;

	private final Queue<Task> tasks = new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::number));

	private Duration now = Duration.ZERO;

	private int number;

	public EmulatorTime(ServiceBusEmulator emulator) {
		this.emulator = emulator;
	}

	@Override
	public synchronized Future<?> schedule(Duration delay, Runnable work) {
		Task task = new Task(this.now.plus(delay), this.number++, new FutureTask<>(work, true));
		this.tasks.add(task);
		return task.work();
	}

	@Override
	public synchronized long nanoTime() {
		return this.now.toNanos();
	}

	@Override
	public Instant instant() {
		return this.emulator.clock().instant();
	}

	/**
	 * Waits until something has to be done after a delay.
	 */
	public void awaitTask(Duration delay) {
		Awaitility.await("a task in " + delay).atMost(Duration.ofSeconds(20)).until(() -> hasTask(delay));
	}

	/**
	 * Lets time pass, and what becomes due happen.
	 */
	public void advance(Duration duration) {
		Duration end = Duration.ofNanos(nanoTime()).plus(duration);
		for (Task next = next(end); next != null; next = next(end)) {
			moveTo(next.due());
			next.work().run();
		}
		moveTo(end);
	}

	private synchronized boolean hasTask(Duration delay) {
		return this.tasks.stream().anyMatch((task) -> !task.work().isDone() && task.due().equals(this.now.plus(delay)));
	}

	private synchronized @Nullable Task next(Duration end) {
		Task next = this.tasks.peek();
		return (next != null && next.due().compareTo(end) <= 0) ? this.tasks.remove() : null;
	}

	private void moveTo(Duration time) {
		Duration step = time.minusNanos(nanoTime());
		if (!step.isNegative() && !step.isZero()) {
			this.emulator.clock().advance(step);
			move(time);
		}
	}

	private synchronized void move(Duration time) {
		this.now = time;
	}

	/**
	 * Something to do.
	 *
	 * @param due when, since the beginning
	 * @param number its place among those that are due together
	 * @param work what
	 */
	private record Task(Duration due, int number, FutureTask<Boolean> work) {

	}

}
