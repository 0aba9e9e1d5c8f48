package dev.servicebus.amqp.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import dev.servicebus.amqp.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Time that only passes when a test says so, and the loops that live in it. The thread
 * that calls {@link #runUntilIdle()}, {@link #advance} or {@link #runUntil} runs the
 * tasks of every loop; nothing happens between these calls.
 *
 * <p>
 * Time stands still while there is work: it moves from one timer to the next, so an hour
 * of heartbeats takes milliseconds and no test ever sleeps. Loops take turns by task,
 * each in the order in which its tasks were handed in. An exception that leaves a task
 * leaves the call that ran it.
 *
 * <p>
 * Any thread may hand work to the loops; one thread at a time moves the time.
 */
public final class SimulatedTime {

	/** Where the wall clock starts. */
	public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final long MAX_TASKS_PER_INSTANT = 50_000_000;

	private static final BooleanSupplier NEVER = () -> false;

	private final Interleaving interleaving;

	private final ReentrantLock lock = new ReentrantLock();

	private final List<SimulatedEventLoop> ready = new ArrayList<>();

	private final TreeSet<SimulatedTimer> timers = new TreeSet<>();

	private long timerSequence;

	private volatile long nanos;

	private volatile Duration wallClockShift = Duration.ZERO;

	private volatile @Nullable Thread driver;

	private volatile @Nullable SimulatedEventLoop running;

	SimulatedTime(Interleaving interleaving) {
		this.interleaving = interleaving;
	}

	/**
	 * Loops that have work take turns, the one that waited longest first.
	 */
	public static SimulatedTime roundRobin() {
		return new SimulatedTime(Interleaving.roundRobin());
	}

	/**
	 * A loop is drawn among those that have work; the same seed draws the same loops.
	 */
	public static SimulatedTime seeded(long seed) {
		return new SimulatedTime(Interleaving.random(new SplittableRandom(seed)));
	}

	/**
	 * Makes one more loop.
	 * @param name what {@code toString} of the loop says
	 */
	public EventLoop newLoop(String name) {
		return new SimulatedEventLoop(this, name);
	}

	/**
	 * The wall clock. It starts at {@link #START} and moves with this time.
	 */
	public InstantSource clock() {
		return () -> START.plusNanos(this.nanos).plus(this.wallClockShift);
	}

	/**
	 * The monotonic clock: nanoseconds since this time was made.
	 */
	public long nanoTime() {
		return this.nanos;
	}

	/**
	 * How much time has passed since this time was made.
	 */
	public Duration elapsed() {
		return Duration.ofNanos(this.nanos);
	}

	/**
	 * Sets the wall clock forward, or back if negative, as an administrator or NTP does.
	 * No timer notices.
	 */
	public void shiftWallClock(Duration shift) {
		this.wallClockShift = this.wallClockShift.plus(shift);
	}

	/**
	 * Runs everything that can run now, including what this brings about. Time does not
	 * move.
	 */
	public void runUntilIdle() {
		run(NEVER, this.nanos);
	}

	/**
	 * Lets time pass and runs everything that becomes due, in order, each task at its own
	 * instant.
	 */
	public void advance(Duration duration) {
		run(NEVER, after(duration));
	}

	/**
	 * Lets time pass only until a condition holds, which is tested before every task.
	 * @return whether it holds; if not, {@code limit} has passed
	 */
	public boolean runUntil(BooleanSupplier condition, Duration limit) {
		return run(condition, after(limit));
	}

	/**
	 * Lets time pass until a result is there and returns it, or throws what it failed
	 * with.
	 * @throws IllegalStateException if {@code limit} has passed without a result
	 */
	public <T extends @Nullable Object> T await(CompletionStage<T> result, Duration limit) {
		CompletableFuture<T> future = result.toCompletableFuture();
		if (!runUntil(future::isDone, limit)) {
			throw new IllegalStateException("No result within " + limit + " of virtual time");
		}
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/**
	 * Runs a task on a loop, and then everything else that can run now.
	 */
	public void runOn(EventLoop loop, Runnable task) {
		loop.execute(task);
		runUntilIdle();
	}

	private long after(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("Time does not run backwards: " + duration);
		}
		return saturatedSum(this.nanos, duration);
	}

	private boolean run(BooleanSupplier condition, long end) {
		if (this.driver != null) {
			throw new IllegalStateException("Time is already being moved; a task cannot move it again");
		}
		this.driver = Thread.currentThread();
		try {
			long tasks = 0;
			while (!condition.getAsBoolean()) {
				if (runOneTask()) {
					if (++tasks > MAX_TASKS_PER_INSTANT) {
						throw new IllegalStateException("Work creates work for ever at " + elapsed());
					}
				}
				else if (moveTowards(end)) {
					tasks = 0;
				}
				else {
					return false;
				}
			}
			return true;
		}
		finally {
			this.driver = null;
		}
	}

	private boolean runOneTask() {
		Runnable task;
		this.lock.lock();
		try {
			if (this.ready.isEmpty()) {
				return false;
			}
			SimulatedEventLoop loop = this.ready.remove(this.interleaving.choose(this.ready.size()));
			task = loop.tasks().remove();
			if (!loop.tasks().isEmpty()) {
				this.ready.add(loop);
			}
			this.running = loop;
		}
		finally {
			this.lock.unlock();
		}
		try {
			task.run();
		}
		finally {
			this.running = null;
		}
		return true;
	}

	private boolean moveTowards(long end) {
		this.lock.lock();
		try {
			long next = this.timers.isEmpty() ? end : Math.min(end, this.timers.first().deadline());
			if (next <= this.nanos) {
				return false;
			}
			this.nanos = next;
			while (!this.timers.isEmpty() && this.timers.first().deadline() <= next) {
				SimulatedTimer due = this.timers.first();
				this.timers.remove(due);
				enqueue(due.loop(), due);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isRunning(SimulatedEventLoop loop) {
		return this.running == loop && this.driver == Thread.currentThread();
	}

	void enqueue(SimulatedEventLoop loop, Runnable task) {
		this.lock.lock();
		try {
			if (loop.tasks().isEmpty()) {
				this.ready.add(loop);
			}
			loop.tasks().add(task);
		}
		finally {
			this.lock.unlock();
		}
	}

	EventLoop.Timer schedule(SimulatedEventLoop loop, Duration delay, Runnable task) {
		this.lock.lock();
		try {
			long deadline = saturatedSum(this.nanos, delay);
			SimulatedTimer timer = new SimulatedTimer(loop, deadline, this.timerSequence++, task);
			if (deadline <= this.nanos) {
				enqueue(loop, timer);
			}
			else {
				this.timers.add(timer);
			}
			return timer;
		}
		finally {
			this.lock.unlock();
		}
	}

	void forget(SimulatedTimer timer) {
		this.lock.lock();
		try {
			this.timers.remove(timer);
		}
		finally {
			this.lock.unlock();
		}
	}

	private static long saturatedSum(long nanos, Duration duration) {
		long sum = nanos + TimeUnit.NANOSECONDS.convert(duration);
		return (sum < nanos && !duration.isNegative()) ? Long.MAX_VALUE : sum;
	}

	@Override
	public String toString() {
		return "SimulatedTime[elapsed=" + elapsed() + "]";
	}

}
