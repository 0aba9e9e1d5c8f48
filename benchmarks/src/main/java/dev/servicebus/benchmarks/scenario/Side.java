package dev.servicebus.benchmarks.scenario;

import dev.servicebus.benchmarks.measure.Measurement;

/**
 * One side of a contest.
 */
public interface Side {

	/**
	 * Its name in reports.
	 */
	String name();

	/**
	 * Does the work of one round and checks that all of it was done.
	 * @param messages how many messages to do it with
	 * @throws RoundFailedException if it was not done
	 */
	Measurement run(int messages);

}
