package dev.servicebus.amqp.simulation;

import dev.servicebus.amqp.transport.EventLoop;

/**
 * A task of a loop that waits for its instant. Ordered by deadline, then by the order in
 * which it was scheduled.
 */
final class SimulatedTimer implements EventLoop.Timer, Runnable, Comparable<SimulatedTimer> {

	private final SimulatedEventLoop loop;

	private final long deadline;

	private final long sequence;

	private final Runnable task;

	private volatile boolean cancelled;

	SimulatedTimer(SimulatedEventLoop loop, long deadline, long sequence, Runnable task) {
		this.loop = loop;
		this.deadline = deadline;
		this.sequence = sequence;
		this.task = task;
	}

	SimulatedEventLoop loop() {
		return this.loop;
	}

	long deadline() {
		return this.deadline;
	}

	@Override
	public void run() {
		if (!this.cancelled) {
			this.task.run();
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		this.loop.time().forget(this);
	}

	@Override
	public int compareTo(SimulatedTimer other) {
		int byDeadline = Long.compare(this.deadline, other.deadline);
		return (byDeadline != 0) ? byDeadline : Long.compare(this.sequence, other.sequence);
	}

}
