package dev.servicebus.benchmarks.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;

/**
 * A broker as a program that takes commands on its standard input, one a line, and
 * answers each with a line on its standard output: {@code create QUEUE},
 * {@code delete QUEUE}, {@code count QUEUE}, {@code meter start} and
 * {@code meter MESSAGES}. Its first line tells the port, and what the start has cost. It
 * ends with its input, so that it never outlives the process that started it.
 */
final class BrokerProgram {

	private static final String DONE = "done";

	private final Broker broker;

	private Meter meter = Meter.start();

	private BrokerProgram(Broker broker) {
		this.broker = broker;
	}

	/**
	 * Starts the broker whose kind is the only argument, and obeys.
	 */
	public static void main(String[] args) throws IOException {
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		BrokerKind kind = BrokerKind.valueOf(args[0]);
		Meter meter = Meter.start();
		try (Broker broker = kind.start()) {
			Greeting.await(broker.port());
			System.out.println(broker.port() + " " + text(meter.usedFor(1)));
			BrokerProgram program = new BrokerProgram(broker);
			for (String line = commands.readLine(); line != null; line = commands.readLine()) {
				System.out.println(program.answer(line));
			}
		}
		System.exit(0);
	}

	private String answer(String line) {
		String[] words = line.split(" ", 2);
		try {
			return (words.length == 2) ? obey(words[0], words[1]) : unknown(line);
		}
		catch (RuntimeException ex) {
			return ex.toString().lines().findFirst().orElse("failed");
		}
	}

	private String obey(String command, String argument) {
		return switch (command) {
			case "create" -> {
				this.broker.createQueue(argument);
				yield DONE;
			}
			case "delete" -> {
				this.broker.deleteQueue(argument);
				yield DONE;
			}
			case "count" -> Integer.toString(this.broker.messages(argument));
			case "meter" -> meter(argument);
			default -> unknown(command);
		};
	}

	private String meter(String argument) {
		if (!argument.equals("start")) {
			return text(this.meter.usedFor(Integer.parseInt(argument)));
		}
		System.gc();
		this.meter = Meter.start();
		return DONE;
	}

	private static String text(Usage usage) {
		return usage.wallNanos() + " " + usage.cpuNanos() + " " + usage.allocatedBytes() + " " + usage.threads();
	}

	private static String unknown(String command) {
		return "unknown command: " + command;
	}

	/**
	 * Whether a command without a result was obeyed.
	 */
	static boolean isDone(String answer) {
		return answer.equals(DONE);
	}

}
