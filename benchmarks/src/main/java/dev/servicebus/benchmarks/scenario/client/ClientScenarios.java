package dev.servicebus.benchmarks.scenario.client;

import java.util.List;
import java.util.stream.Stream;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * What clients are asked to do.
 */
public final class ClientScenarios {

	/** In the order in which they are run. */
	public static final List<Scenario> ALL = Stream
		.concat(workloads().map(ClientScenario::new), Stream.of(new CeilingScenario()))
		.toList();

	private ClientScenarios() {
	}

	private static Stream<Workload> workloads() {
		return Stream.of(new SendPipelined(), new SendAwait(), new SendBatch(), new SinglesAgainstBatches(),
				new Listener8(), new Receive("receive-unread", Contender.Reading.BODY),
				new Receive("receive-all-read", Contender.Reading.EVERYTHING), new PingPong());
	}

}
