package dev.servicebus.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.servicebus.benchmarks.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for. Immutable.
 *
 * @param scenarios what to run, in this order
 * @param rounds how many rounds of each side count, after the warm-up
 * @param messages how many messages a round has, empty for as many as the scenario wants
 * @param peer the only peer to compare with, {@code null} for all
 */
record CommandLine(List<Scenario> scenarios, int rounds, OptionalInt messages, @Nullable String peer) {

	static final int DEFAULT_ROUNDS = 5;

	static final String USAGE = "usage: compare [--scenario NAME[,NAME]...] [--rounds N] [--messages N] [--peer NAME]";

	/**
	 * Understands the arguments of a program.
	 * @throws UsageException if they have no meaning
	 */
	static CommandLine parse(String... args) {
		Deque<String> words = new ArrayDeque<>(List.of(args));
		String command = words.poll();
		if (!"compare".equals(command)) {
			throw new UsageException((command != null) ? "unknown command '" + command + "'" : "no command");
		}
		List<Scenario> scenarios = Benchmarks.SCENARIOS;
		int rounds = DEFAULT_ROUNDS;
		OptionalInt messages = OptionalInt.empty();
		String peer = null;
		for (String option = words.poll(); option != null; option = words.poll()) {
			switch (option) {
				case "--scenario" -> scenarios = scenarios(words.poll());
				case "--rounds" -> rounds = positive(option, words.poll());
				case "--messages" -> messages = OptionalInt.of(positive(option, words.poll()));
				case "--peer" -> peer = name(option, words.poll());
				default -> throw new UsageException("unknown option '" + option + "'");
			}
		}
		return new CommandLine(scenarios, rounds, messages, peer);
	}

	private static List<Scenario> scenarios(@Nullable String names) {
		return Stream.of(((names != null) ? names : "").split(",")).map(CommandLine::scenario).toList();
	}

	private static Scenario scenario(String name) {
		return Benchmarks.SCENARIOS.stream()
			.filter((scenario) -> scenario.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new UsageException("--scenario takes one of " + names()));
	}

	private static String names() {
		return Benchmarks.SCENARIOS.stream().map(Scenario::name).collect(Collectors.joining(", "));
	}

	private static String name(String option, @Nullable String value) {
		if (value == null) {
			throw new UsageException(option + " takes a name");
		}
		return value;
	}

	private static int positive(String option, @Nullable String value) {
		try {
			int number = (value != null) ? Integer.parseInt(value) : 0;
			if (number > 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Told below, like every other value that is no positive number.
		}
		throw new UsageException(option + " takes a positive number");
	}

}
