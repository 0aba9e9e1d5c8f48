package dev.servicebus.emulator;

import dev.servicebus.amqp.transport.BindFailedException;
import dev.servicebus.emulator.config.ConfigException;

/**
 * The emulator as a program. Ends with code 2 and one line on standard error if it cannot
 * start as asked.
 */
public final class Main {

	private static final int CANNOT_START = 2;

	private Main() {
	}

	/**
	 * Starts the program; it runs until it is told to end (SIGTERM, Ctrl+C).
	 */
	public static void main(String[] args) {
		try {
			run(CommandLine.parse(args));
		}
		catch (StartException | ConfigException | BindFailedException ex) {
			System.err.println("servicebus-emulator: " + ex.getMessage());
			System.exit(CANNOT_START);
		}
	}

	private static void run(CommandLine commandLine) {
		if (commandLine.help()) {
			System.out.print(CommandLine.USAGE);
			return;
		}
		StandaloneEmulator emulator = StandaloneEmulator.start(commandLine, System.getenv());
		Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "servicebus-emulator-shutdown"));
		System.out.println("ready amqp=" + emulator.amqpPort() + " http=" + emulator.httpPort());
	}

}
