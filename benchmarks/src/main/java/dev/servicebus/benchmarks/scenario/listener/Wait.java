package dev.servicebus.benchmarks.scenario.listener;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.servicebus.benchmarks.scenario.RoundFailedException;

/**
 * Waits for something that nobody tells.
 */
final class Wait {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final long PAUSE = Duration.ofMillis(1).toNanos();

	private Wait() {
	}

	/**
	 * Waits until a condition holds.
	 * @param what names it
	 * @throws RoundFailedException if it does not within two minutes
	 */
	static void until(String what, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > LIMIT.toNanos()) {
				throw new RoundFailedException(what + " has not happened within " + LIMIT);
			}
			LockSupport.parkNanos(PAUSE);
		}
	}

}
