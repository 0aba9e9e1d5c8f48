package dev.servicebus.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.servicebus.benchmarks.broker.Broker;
import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.scenario.Round;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * Lets both sides run a scenario in turns, each round with a new client and a new queue,
 * so that what else the machine does hits both alike.
 */
final class Comparison {

	private final Broker broker;

	private int queues;

	Comparison(Broker broker) {
		this.broker = broker;
	}

	/**
	 * Runs a scenario.
	 * @throws RoundFailedException if a side has not done what it was asked to
	 */
	Report run(Scenario scenario, Effort effort) {
		for (Side side : Side.values()) {
			warmUp(scenario, side, effort);
		}
		Map<Side, List<Measurement>> results = new EnumMap<>(Side.class);
		for (int round = 0; round < effort.rounds(); round++) {
			for (Side side : Side.values()) {
				results.computeIfAbsent(side, (key) -> new ArrayList<>())
					.add(runRound(scenario, side, effort.messages()));
			}
		}
		return new Report(scenario.name(), Summary.of(results.getOrDefault(Side.OURS, List.of())),
				Summary.of(results.getOrDefault(Side.PEER, List.of())));
	}

	private void warmUp(Scenario scenario, Side side, Effort effort) {
		long start = System.nanoTime();
		do {
			runRound(scenario, side, effort.messages());
		}
		while (System.nanoTime() - start < effort.warmUp().toNanos());
	}

	private Measurement runRound(Scenario scenario, Side side, int messages) {
		String queue = scenario.name() + "-" + this.queues++;
		this.broker.createQueue(queue);
		System.gc();
		try (Contender contender = side.connect(this.broker.connectionString())) {
			return scenario.run(new Round(contender, this.broker, queue, messages));
		}
		catch (RuntimeException ex) {
			throw new RoundFailedException("scenario=" + scenario.name() + " side="
					+ side.name().toLowerCase(Locale.ROOT) + " failed: " + ex.getMessage(), ex);
		}
		finally {
			this.broker.deleteQueue(queue);
		}
	}

}
