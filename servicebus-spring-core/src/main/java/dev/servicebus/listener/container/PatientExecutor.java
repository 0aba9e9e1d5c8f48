package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.servicebus.listener.DelayScheduler;

/**
 * Gets threads from an executor that may refuse them for a while: says so, and asks again
 * a second later, until there is one. Thread-safe; does not block.
 */
public final class PatientExecutor implements Executor {

	static final Duration PAUSE = Duration.ofSeconds(1);

	private final Executor threads;

	private final DelayScheduler scheduler;

	private final Consumer<Throwable> refused;

	/**
	 * Makes an executor.
	 * @param threads runs the tasks
	 * @param scheduler times the repetitions
	 * @param refused hears of each refusal
	 */
	public PatientExecutor(Executor threads, DelayScheduler scheduler, Consumer<Throwable> refused) {
		this.threads = threads;
		this.scheduler = scheduler;
		this.refused = refused;
	}

	/**
	 * Runs a task as soon as there is a thread.
	 * @throws java.util.concurrent.RejectedExecutionException if there never will be one,
	 * because the scheduler is closed, too
	 */
	@Override
	public void execute(Runnable task) {
		try {
			this.threads.execute(task);
		}
		catch (Throwable ex) {
			// A thread may also be refused with an error, when the system has none left.
			refused(ex, () -> execute(task));
		}
	}

	/**
	 * The executor has refused somebody who asks it directly.
	 * @param again asks once more
	 */
	void refused(Throwable failure, Runnable again) {
		this.refused.accept(failure);
		this.scheduler.schedule(PAUSE, again);
	}

}
