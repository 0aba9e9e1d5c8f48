package dev.servicebus.listener;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;

/**
 * Runs short tasks later. Thread-safe.
 */
@FunctionalInterface
public interface DelayScheduler {

	/**
	 * Runs {@code task}, which does not block, once {@code delay} has passed, never
	 * inside this call.
	 * @return cancels the task if it has not begun
	 */
	Future<?> schedule(Duration delay, Runnable task);

	/**
	 * The time that the delays are measured by, in nanoseconds since an arbitrary moment.
	 * By default that of the system.
	 */
	default long nanoTime() {
		return System.nanoTime();
	}

	/**
	 * What time it is, as the broker should see it. By default that of the system.
	 */
	default Instant instant() {
		return InstantSource.system().instant();
	}

}
