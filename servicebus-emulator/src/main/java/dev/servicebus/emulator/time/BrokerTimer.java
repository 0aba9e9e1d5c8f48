package dev.servicebus.emulator.time;

/**
 * One deadline of {@link BrokerTimers}. Belongs to the broker's loop.
 */
public final class BrokerTimer {

	static final int NOT_QUEUED = -1;

	private final BrokerTimers timers;

	private final long deadline;

	private final Runnable task;

	/** Orders timers of the same deadline. */
	final long number;

	/** Where the timer is in its heap. */
	int index = NOT_QUEUED;

	BrokerTimer(BrokerTimers timers, long deadline, long number, Runnable task) {
		this.timers = timers;
		this.deadline = deadline;
		this.number = number;
		this.task = task;
	}

	/**
	 * When the timer is due, in milliseconds since the epoch.
	 */
	public long deadline() {
		return this.deadline;
	}

	/**
	 * Forgets the timer. Harmless when it has run already.
	 */
	public void cancel() {
		if (this.index != NOT_QUEUED) {
			this.timers.remove(this);
		}
	}

	void run() {
		this.task.run();
	}

	boolean isBefore(BrokerTimer other) {
		return (this.deadline != other.deadline) ? this.deadline < other.deadline : this.number < other.number;
	}

}
