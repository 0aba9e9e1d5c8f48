package dev.servicebus.benchmarks;

import dev.servicebus.benchmarks.broker.Broker;
import dev.servicebus.benchmarks.broker.BrokerFailedException;
import dev.servicebus.benchmarks.broker.EmulatorProcess;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * The program. Prints one line for each scenario; ends with 0, with 1 if a side has not
 * done its work, and with 2 if it does not understand its arguments.
 */
public final class Benchmarks {

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
		try (Broker broker = EmulatorProcess.start()) {
			Comparison comparison = new Comparison(broker);
			for (Scenario scenario : command.scenarios()) {
				int messages = command.messages().orElse(scenario.defaultMessages());
				Effort effort = new Effort(Effort.DEFAULT_WARM_UP, command.rounds(), messages);
				System.out.println(comparison.run(scenario, effort));
			}
		}
	}

}
