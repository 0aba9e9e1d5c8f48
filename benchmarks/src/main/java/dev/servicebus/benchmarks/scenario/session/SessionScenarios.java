package dev.servicebus.benchmarks.scenario.session;

import java.util.List;

import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * What is done with sessions.
 */
public final class SessionScenarios {

	/** In the order in which they are run. */
	public static final List<Scenario> ALL = List.of(new ManySessions());

	private SessionScenarios() {
	}

}
