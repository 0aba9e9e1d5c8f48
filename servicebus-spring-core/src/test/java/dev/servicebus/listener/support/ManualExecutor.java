package dev.servicebus.listener.support;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * An executor that runs its tasks when, and on the thread on which, a test says so.
 */
public final class ManualExecutor implements Executor {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private boolean rejecting;

	@Override
	public void execute(Runnable task) {
		if (this.rejecting) {
			throw new RejectedExecutionException("no thread left");
		}
		this.tasks.add(task);
	}

	/**
	 * Sets whether tasks are refused.
	 */
	public void reject(boolean newRejecting) {
		this.rejecting = newRejecting;
	}

	/**
	 * How many tasks wait.
	 */
	public int waiting() {
		return this.tasks.size();
	}

	/**
	 * Runs the oldest task.
	 */
	public void runOne() {
		this.tasks.remove().run();
	}

	/**
	 * Runs all tasks, and those that they add.
	 */
	public void runAll() {
		while (!this.tasks.isEmpty()) {
			runOne();
		}
	}

}
