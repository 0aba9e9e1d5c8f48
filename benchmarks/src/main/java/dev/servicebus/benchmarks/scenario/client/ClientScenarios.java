package dev.servicebus.benchmarks.scenario.client;

import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.servicebus.benchmarks.broker.BrokerKind;
import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * What clients are asked to do.
 */
public final class ClientScenarios {

	/** In the order in which they are run. */
	public static final List<Scenario> ALL = Stream
		.of(workloads().map(ClientScenario::new), distant().map(ClientScenarios::confirmedLate),
				Stream.of(new CeilingScenario()))
		.<Scenario>flatMap(Function.identity())
		.toList();

	private ClientScenarios() {
	}

	private static Stream<Workload> workloads() {
		return Stream.of(new SendPipelined(), new SendAwait(), new SendBatch(), new SinglesAgainstBatches(),
				new Listen("listener-8", 8, 40_000, ContenderKind.CLIENTS),
				new Listen("listener-1", 1, 100_000, ContenderKind.SERVICE_BUS_CLIENTS), new ListenerAgainstReceive(),
				new Listen("listener-overhead", 8, 80_000,
						EnumSet.of(ContenderKind.CONTAINER_POOLED, ContenderKind.RAW_POOLED)),
				new Listen("listener-overhead-1", 1, 80_000,
						EnumSet.of(ContenderKind.CONTAINER_POOLED, ContenderKind.RAW_INLINE, ContenderKind.RAW_POOLED)),
				new Receive("receive-unread", Contender.Reading.BODY),
				new Receive("receive-all-read", Contender.Reading.EVERYTHING),
				new PingPong("ping-pong", ContenderKind.CLIENTS), new IdleListeners(), new Isolation(),
				new PingPong("listener-latency", EnumSet.of(ContenderKind.OURS, ContenderKind.RAW_INLINE)));
	}

	private static Stream<Workload> distant() {
		return Stream.of(new SlowSettlement(1), new SlowSettlement(8));
	}

	private static Scenario confirmedLate(Workload workload) {
		return new ClientScenario(workload, BrokerKind.EMULATOR_CONFIRMING_LATE);
	}

}
