package dev.servicebus.amqp.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The way into a loop for work from other threads. Many threads hand in, the loop is
 * woken once per burst, runs the tasks in order and then does once what has to follow
 * them all, such as writing the output.
 *
 * <p>
 * Thread-safe.
 */
public final class WorkQueue {

	/**
	 * How many tasks run before the loop gets a chance to do other work.
	 */
	public static final int MAX_BURST = 256;

	private final EventLoop loop;

	private final Runnable afterBurst;

	private final Consumer<Throwable> failures;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean awake = new AtomicBoolean();

	private final Runnable drain = this::drain;

	/**
	 * Makes a queue in front of a loop.
	 * @param loop runs the tasks
	 * @param afterBurst runs on the loop after each burst, also if tasks of it failed
	 * @param failures hears, on the loop, what a task or {@code afterBurst} threw; the
	 * tasks behind it run all the same
	 */
	public WorkQueue(EventLoop loop, Runnable afterBurst, Consumer<Throwable> failures) {
		this.loop = loop;
		this.afterBurst = afterBurst;
		this.failures = failures;
	}

	/**
	 * Hands in a task. It never runs inside this call, even on the loop.
	 * @throws RejectedExecutionException if the loop has been shut down; the task will
	 * not run
	 */
	public void submit(Runnable task) {
		this.tasks.add(task);
		if (!this.awake.get() && this.awake.compareAndSet(false, true)) {
			try {
				this.loop.execute(this.drain);
			}
			catch (RejectedExecutionException ex) {
				this.tasks.remove(task);
				this.awake.set(false);
				throw ex;
			}
		}
	}

	private void drain() {
		try {
			for (int i = 0; i < MAX_BURST; i++) {
				Runnable task = this.tasks.poll();
				if (task == null) {
					break;
				}
				runGuarded(task);
			}
			runGuarded(this.afterBurst);
		}
		finally {
			continueOrSleep();
		}
	}

	private void runGuarded(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.failures.accept(ex);
		}
	}

	private void continueOrSleep() {
		// Asleep first, then look: what is handed in meanwhile wakes the queue itself.
		this.awake.set(false);
		if (this.tasks.isEmpty() || !this.awake.compareAndSet(false, true)) {
			return;
		}
		try {
			this.loop.execute(this.drain);
		}
		catch (RejectedExecutionException ex) {
			// The loop is in its last turn: what was taken still has to end.
			drain();
		}
	}

}
