package dev.servicebus.amqp.simulation;

import java.util.random.RandomGenerator;

/**
 * Decides which of the loops that have work runs its next task.
 */
@FunctionalInterface
interface Interleaving {

	/**
	 * Returns an index from 0 to {@code ready - 1}; the loop that has waited longest has
	 * index 0.
	 */
	int choose(int ready);

	static Interleaving roundRobin() {
		return (ready) -> 0;
	}

	static Interleaving random(RandomGenerator random) {
		return (ready) -> (ready > 1) ? random.nextInt(ready) : 0;
	}

}
