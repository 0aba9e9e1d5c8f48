package dev.servicebus.emulator.time;

import java.time.Duration;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

/**
 * Deadlines on the emulator's time. Timers run in the order of their deadlines, those of
 * the same instant in the order in which they were scheduled; none runs inside the call
 * that schedules it. Adding and cancelling take logarithmic time, and a cancelled timer
 * leaves nothing behind.
 *
 * <p>
 * Not thread-safe: belongs to the broker's loop.
 */
public final class BrokerTimers {

	private static final long LONGEST_SLEEP = Duration.ofHours(1).toMillis();

	private final TimerHeap heap = new TimerHeap();

	private final BrokerClock clock;

	private final WakeUp wakeUp;

	private long lastNumber;

	private WakeUp.@Nullable Handle armed;

	private long armedFor;

	private boolean running;

	/**
	 * Creates timers that follow {@code clock}.
	 * @param clock the emulator's time
	 * @param wakeUp calls when real time has made a timer due
	 */
	public BrokerTimers(BrokerClock clock, WakeUp wakeUp) {
		this.clock = clock;
		this.wakeUp = wakeUp;
	}

	/**
	 * The present, in milliseconds since the epoch.
	 */
	public long now() {
		return this.clock.millis();
	}

	/**
	 * The clock that the timers follow.
	 */
	public InstantSource clock() {
		return this.clock;
	}

	/**
	 * How many timers wait for their deadline.
	 */
	public int size() {
		return this.heap.size();
	}

	/**
	 * Runs {@code task} when the emulator's time reaches {@code deadline}.
	 * @param deadline milliseconds since the epoch; if it has passed, the task runs as
	 * soon as possible
	 * @param task what to run on the broker's loop
	 */
	public BrokerTimer schedule(long deadline, Runnable task) {
		BrokerTimer timer = new BrokerTimer(this, deadline, ++this.lastNumber, task);
		this.heap.add(timer);
		if (!this.running && (this.armed == null || deadline < this.armedFor)) {
			arm();
		}
		return timer;
	}

	/**
	 * Moves the emulator's time forward. Every timer that becomes due on the way runs
	 * with the clock standing at its own deadline, also those which other timers schedule
	 * meanwhile, before this method returns.
	 * @param duration how far, not negative
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("time only moves forward, but the duration is " + duration);
		}
		if (this.running) {
			throw new IllegalStateException("a timer must not move the time");
		}
		long target = Math.addExact(this.clock.millis(), duration.toMillis());
		this.running = true;
		try {
			this.clock.holdAt(this.clock.millis());
			BrokerTimer timer;
			while ((timer = pollDue(target)) != null) {
				this.clock.holdAt(Math.max(this.clock.millis(), timer.deadline()));
				timer.run();
			}
		}
		finally {
			this.clock.runOnFrom(target);
			this.running = false;
			arm();
		}
	}

	/**
	 * Runs the timers that are due by now. The wake-up does this on its own; a caller
	 * that moves the source of the clock itself does it here.
	 */
	public void runDue() {
		if (this.running) {
			return;
		}
		this.running = true;
		try {
			BrokerTimer timer;
			while ((timer = pollDue(this.clock.millis())) != null) {
				timer.run();
			}
		}
		finally {
			this.running = false;
			arm();
		}
	}

	void remove(BrokerTimer timer) {
		this.heap.remove(timer);
	}

	private @Nullable BrokerTimer pollDue(long now) {
		BrokerTimer first = this.heap.first();
		if (first == null || first.deadline() > now) {
			return null;
		}
		this.heap.remove(first);
		return first;
	}

	private void arm() {
		if (this.armed != null) {
			this.armed.cancel();
			this.armed = null;
		}
		BrokerTimer first = this.heap.first();
		if (first != null) {
			this.armedFor = first.deadline();
			long delay = Math.min(Math.max(first.deadline() - now(), 0), LONGEST_SLEEP);
			this.armed = this.wakeUp.schedule(Duration.ofMillis(delay), this::wake);
		}
	}

	private void wake() {
		this.armed = null;
		runDue();
	}

}
