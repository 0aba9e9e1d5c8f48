package dev.servicebus.benchmarks.scenario.client;

import java.util.List;
import java.util.stream.Stream;

import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * What clients are asked to do.
 */
public final class ClientScenarios {

	/** In the order in which they are run. */
	public static final List<Scenario> ALL = Stream
		.of(new SendPipelined(), new SendAwait(), new SendBatch(), new SinglesAgainstBatches(), new Listener8(),
				new PingPong())
		.<Scenario>map(ClientScenario::new)
		.toList();

	private ClientScenarios() {
	}

}
