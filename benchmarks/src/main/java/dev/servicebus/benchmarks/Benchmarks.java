package dev.servicebus.benchmarks;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.servicebus.benchmarks.broker.BrokerFailedException;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.client.ClientScenarios;
import dev.servicebus.benchmarks.scenario.codec.CodecScenarios;
import dev.servicebus.benchmarks.scenario.emulator.EmulatorScenarios;
import dev.servicebus.benchmarks.scenario.listener.ListenerScenarios;
import dev.servicebus.benchmarks.scenario.lock.LockScenarios;
import dev.servicebus.benchmarks.scenario.session.SessionScenarios;

/**
 * The program. Prints one line for each scenario; ends with 0, with 1 if a side has not
 * done its work, and with 2 if it does not understand its arguments.
 */
public final class Benchmarks {

	/** Every scenario, in the order in which they are run. */
	static final List<Scenario> SCENARIOS = Stream
		.of(ClientScenarios.ALL, ListenerScenarios.ALL, LockScenarios.ALL, SessionScenarios.ALL, EmulatorScenarios.ALL,
				CodecScenarios.ALL)
		.flatMap(List::stream)
		.toList();

	private Benchmarks() {
	}

	/**
	 * See {@link CommandLine#USAGE}.
	 */
	public static void main(String[] args) {
		System.exit(run(args));
	}

	private static int run(String[] args) {
		try {
			compare(CommandLine.parse(args));
			return 0;
		}
		catch (UsageException ex) {
			System.err.println(ex.getMessage());
			System.err.println(CommandLine.USAGE);
			return 2;
		}
		catch (RoundFailedException | BrokerFailedException ex) {
			System.err.println(ex.getMessage());
			return 1;
		}
	}

	private static void compare(CommandLine command) {
		for (Scenario scenario : command.scenarios()) {
			int messages = command.messages().orElse(scenario.defaultMessages());
			Effort effort = new Effort(Effort.DEFAULT_WARM_UP, command.rounds(), messages);
			System.out.println(Comparison.run(scenario, effort, peers(command)));
		}
	}

	/**
	 * Scenarios have different peers: one that has not the wanted one is left out.
	 */
	private static Predicate<String> peers(CommandLine command) {
		return (name) -> command.peer() == null || name.equals(command.peer());
	}

}
