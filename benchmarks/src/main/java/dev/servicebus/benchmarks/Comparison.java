package dev.servicebus.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.Side;

/**
 * Lets all sides run a scenario in turns, so that what else the machine does hits them
 * alike.
 */
final class Comparison {

	private final Scenario scenario;

	private final Effort effort;

	private Comparison(Scenario scenario, Effort effort) {
		this.scenario = scenario;
		this.effort = effort;
	}

	/**
	 * Runs a scenario.
	 * @param peers which peers take part
	 * @throws RoundFailedException if a side has not done what it was asked to
	 */
	static Report run(Scenario scenario, Effort effort, Predicate<String> peers) {
		try (Contest contest = scenario.open()) {
			List<Side> sides = new ArrayList<>(contest.sides());
			sides.subList(1, sides.size()).removeIf((side) -> !peers.test(side.name()));
			return new Comparison(scenario, effort).run(sides);
		}
	}

	private Report run(List<Side> sides) {
		sides.forEach(this::warmUp);
		Map<Side, List<Measurement>> results = new LinkedHashMap<>();
		for (int round = 0; round < this.effort.rounds(); round++) {
			for (Side side : sides) {
				results.computeIfAbsent(side, (key) -> new ArrayList<>()).add(runRound(side));
			}
		}
		List<Report.Line> lines = new ArrayList<>();
		results.forEach((side, rounds) -> lines.add(new Report.Line(side.name(), Summary.of(rounds))));
		return new Report(this.scenario.name(), lines.get(0).summary(), lines.subList(1, lines.size()));
	}

	private void warmUp(Side side) {
		long start = System.nanoTime();
		do {
			runRound(side);
		}
		while (System.nanoTime() - start < this.effort.warmUp().toNanos());
	}

	private Measurement runRound(Side side) {
		try {
			return side.run(this.effort.messages());
		}
		catch (RuntimeException ex) {
			throw new RoundFailedException(
					"scenario=" + this.scenario.name() + " side=" + side.name() + " failed: " + ex.getMessage(), ex);
		}
	}

}
