package dev.servicebus.client.admin.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs short tasks later. Thread-safe.
 */
@FunctionalInterface
interface Alarms {

	/**
	 * Runs {@code task} once {@code delay} has passed.
	 * @return takes it back, harmless if it has run
	 */
	Runnable set(Duration delay, Runnable task);

	/**
	 * Those of the JDK's own timer, which needs no thread of ours. A task that is taken
	 * back is forgotten at once.
	 */
	static Alarms system() {
		return (delay, task) -> {
			CompletableFuture<Boolean> alarm = new CompletableFuture<Boolean>().completeOnTimeout(true, delay.toNanos(),
					TimeUnit.NANOSECONDS);
			alarm.thenRun(task);
			return () -> alarm.cancel(false);
		};
	}

}
