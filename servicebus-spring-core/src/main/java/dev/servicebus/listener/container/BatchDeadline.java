package dev.servicebus.listener.container;

import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.BatchOptions;
import dev.servicebus.listener.DelayScheduler;

/**
 * How long the first message of a batch waits for others. Confined to the lock of who
 * collects them.
 */
final class BatchDeadline {

	private final BatchOptions options;

	private final DelayScheduler scheduler;

	private final Over over;

	private @Nullable Future<?> task;

	private int number;

	/**
	 * Makes a deadline that does not run.
	 * @param over is called outside of the lock
	 */
	BatchDeadline(BatchOptions options, DelayScheduler scheduler, Over over) {
		this.options = options;
		this.scheduler = scheduler;
		this.over = over;
	}

	boolean isRunning() {
		return this.task != null;
	}

	/**
	 * Begins the wait.
	 * @return {@code false} if there is none, because it is not wanted or nobody would
	 * end it
	 */
	boolean start() {
		this.number++;
		int started = this.number;
		if (this.options.maxWait().isZero()) {
			return false;
		}
		try {
			this.task = this.scheduler.schedule(this.options.maxWait(), () -> this.over.isOver(started));
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Ends the wait.
	 */
	void end() {
		Future<?> current = this.task;
		if (current != null) {
			current.cancel(false);
			this.task = null;
		}
	}

	/**
	 * Ends the wait because its time is over.
	 * @return {@code false} if it has ended before
	 */
	boolean end(int started) {
		boolean current = this.task != null && started == this.number;
		if (current) {
			this.task = null;
		}
		return current;
	}

	/**
	 * Hears that the time is over.
	 */
	@FunctionalInterface
	interface Over {

		/**
		 * Called once.
		 * @param started to be handed to {@link BatchDeadline#end(int)} under the lock
		 */
		void isOver(int started);

	}

}
