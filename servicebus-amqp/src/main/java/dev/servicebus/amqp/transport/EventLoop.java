package dev.servicebus.amqp.transport;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * The one thread that owns a connection, with its timers and its clocks. Everything below
 * {@code dev.servicebus.amqp} that is not declared thread-safe may only be touched from a
 * task of its loop.
 *
 * <p>
 * Thread-safe. Tasks run one after another in the order in which they were handed in.
 */
public interface EventLoop extends Executor {

	/**
	 * Returns whether the caller runs on this loop.
	 */
	boolean inEventLoop();

	/**
	 * Runs {@code task} on this loop once {@code delay} has passed on the monotonic
	 * clock. A delay that is zero or negative runs it as soon as possible, never inside
	 * this call.
	 */
	Timer schedule(Duration delay, Runnable task);

	/**
	 * The wall clock: for instants that leave the process, never for measuring how long
	 * something took.
	 */
	InstantSource clock();

	/**
	 * The monotonic clock, in nanoseconds from an arbitrary origin: for every interval
	 * and deadline.
	 */
	long nanoTime();

	/**
	 * A scheduled task that can be taken back.
	 */
	@FunctionalInterface
	interface Timer {

		/**
		 * Makes sure the task does not start any more. Harmless when it has run already.
		 * On the loop the effect is immediate.
		 */
		void cancel();

	}

}
