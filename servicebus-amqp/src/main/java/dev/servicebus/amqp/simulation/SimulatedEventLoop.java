package dev.servicebus.amqp.simulation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;

import dev.servicebus.amqp.transport.EventLoop;

/**
 * One queue of tasks in a {@link SimulatedTime}.
 */
final class SimulatedEventLoop implements EventLoop {

	private final SimulatedTime time;

	private final String name;

	/** Guarded by the lock of {@link #time}. */
	private final Queue<Runnable> tasks = new ArrayDeque<>();

	SimulatedEventLoop(SimulatedTime time, String name) {
		this.time = time;
		this.name = name;
	}

	SimulatedTime time() {
		return this.time;
	}

	Queue<Runnable> tasks() {
		return this.tasks;
	}

	@Override
	public void execute(Runnable task) {
		this.time.enqueue(this, task);
	}

	@Override
	public boolean inEventLoop() {
		return this.time.isRunning(this);
	}

	@Override
	public Timer schedule(Duration delay, Runnable task) {
		return this.time.schedule(this, delay, task);
	}

	@Override
	public InstantSource clock() {
		return this.time.clock();
	}

	@Override
	public long nanoTime() {
		return this.time.nanoTime();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
