package dev.servicebus.benchmarks.scenario.listener;

import java.util.List;

import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * What is asked of listener containers.
 */
public final class ListenerScenarios {

	/** In the order in which they are run. */
	public static final List<Scenario> ALL = List.of(new DeepPrefetch(1_000, 2_000), new DeepPrefetch(5_000, 6_000),
			new SessionListeners());

	private ListenerScenarios() {
	}

}
