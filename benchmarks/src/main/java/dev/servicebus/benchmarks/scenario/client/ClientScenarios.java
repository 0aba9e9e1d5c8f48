package dev.servicebus.benchmarks.scenario.client;

import java.util.List;

import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * What clients are asked to do.
 */
public final class ClientScenarios {

	/** In the order in which they are run. */
	public static final List<Scenario> ALL = List.of(new ClientScenario(new SendPipelined()),
			new ClientScenario(new Listener8()), new ClientScenario(new PingPong()));

	private ClientScenarios() {
	}

}
