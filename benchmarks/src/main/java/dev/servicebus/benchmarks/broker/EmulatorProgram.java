package dev.servicebus.benchmarks.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The emulator as a program that takes commands on its standard input, one a line, and
 * answers each with a line on its standard output: {@code create QUEUE},
 * {@code delete QUEUE} and {@code count QUEUE}. Its first line is how to connect. It ends
 * with its input, so that it never outlives the process that started it.
 */
public final class EmulatorProgram {

	private static final String DONE = "done";

	private final Broker broker;

	private EmulatorProgram(Broker broker) {
		this.broker = broker;
	}

	/**
	 * Starts the emulator and obeys.
	 */
	public static void main(String[] args) throws IOException {
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		try (Broker broker = new EmbeddedBroker()) {
			System.out.println(broker.connectionString());
			EmulatorProgram program = new EmulatorProgram(broker);
			for (String line = commands.readLine(); line != null; line = commands.readLine()) {
				System.out.println(program.answer(line));
			}
		}
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

	private String obey(String command, String queue) {
		switch (command) {
			case "create" -> this.broker.createQueue(queue);
			case "delete" -> this.broker.deleteQueue(queue);
			case "count" -> {
				return Integer.toString(this.broker.messages(queue));
			}
			default -> {
				return unknown(command);
			}
		}
		return DONE;
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
