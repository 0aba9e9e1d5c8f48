package dev.servicebus.emulator.time;

import java.time.Duration;

/**
 * Real time passing: how {@link BrokerTimers} get called again. Implemented by whoever
 * owns the broker's loop.
 */
@FunctionalInterface
public interface WakeUp {

	/**
	 * Never wakes anybody up: for a broker whose time only moves by
	 * {@link BrokerTimers#advance(Duration)}.
	 */
	WakeUp NEVER = (delay, task) -> () -> {
	};

	/**
	 * Runs {@code task} on the broker's loop once {@code delay} has really passed, never
	 * inside this call.
	 * @param delay at least zero, at most one hour
	 * @param task what to run
	 * @return takes the call back
	 */
	Handle schedule(Duration delay, Runnable task);

	/**
	 * A call that can be taken back.
	 */
	@FunctionalInterface
	interface Handle {

		/**
		 * Makes sure the task does not start any more. Harmless when it has run already.
		 */
		void cancel();

	}

}
