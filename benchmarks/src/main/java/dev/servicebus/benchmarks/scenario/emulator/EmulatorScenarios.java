package dev.servicebus.benchmarks.scenario.emulator;

import java.util.List;

import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * What brokers are asked to do.
 */
public final class EmulatorScenarios {

	/** In the order in which they are run. */
	public static final List<Scenario> ALL = List.of(new EmulatorStart(), new EmulatorThroughput());

	private EmulatorScenarios() {
	}

}
