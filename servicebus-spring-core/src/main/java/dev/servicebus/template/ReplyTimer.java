package dev.servicebus.template;

import java.time.Duration;
import java.util.concurrent.Future;

/**
 * Ends the wait for replies. Thread-safe.
 */
@FunctionalInterface
public interface ReplyTimer {

	/**
	 * Runs {@code task}, which does not block, once {@code delay} has passed, never
	 * inside this call.
	 * @return cancels the task if it has not begun
	 */
	Future<?> schedule(Duration delay, Runnable task);

}
