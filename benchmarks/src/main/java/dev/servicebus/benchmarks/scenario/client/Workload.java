package dev.servicebus.benchmarks.scenario.client;

import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.measure.Measurement;

/**
 * What clients are asked to do. Stateless.
 */
interface Workload {

	String name();

	int defaultMessages();

	/**
	 * Whether a client can do it at all.
	 */
	default boolean suits(ContenderKind kind) {
		return ContenderKind.CLIENTS.contains(kind);
	}

	/**
	 * Lets one client do it and checks that all of it was done.
	 * @throws dev.servicebus.benchmarks.scenario.RoundFailedException if it was not
	 */
	Measurement run(Round round);

}
