package dev.servicebus.benchmarks.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The emulator in a Java virtual machine of its own, so that what it costs does not count
 * as the client's. It runs the class path of this process.
 */
public final class EmulatorProcess implements Broker {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ExecutorService reader = Executors.newSingleThreadExecutor(EmulatorProcess::daemon);

	private final Process process;

	private final BufferedReader answers;

	private final PrintWriter commands;

	private final String connectionString;

	private EmulatorProcess(Process process) {
		this.process = process;
		this.answers = process.inputReader(StandardCharsets.UTF_8);
		this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
		this.connectionString = nextLine("start");
	}

	/**
	 * Starts the emulator and waits until clients can connect.
	 */
	public static EmulatorProcess start() {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		ProcessBuilder builder = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"),
				EmulatorProgram.class.getName());
		try {
			return new EmulatorProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new BrokerFailedException("The emulator cannot be started", ex);
		}
	}

	@Override
	public String connectionString() {
		return this.connectionString;
	}

	@Override
	public void createQueue(String queue) {
		order("create " + queue);
	}

	@Override
	public void deleteQueue(String queue) {
		order("delete " + queue);
	}

	@Override
	public int messages(String queue) {
		String command = "count " + queue;
		String answer = ask(command);
		try {
			return Integer.parseInt(answer);
		}
		catch (NumberFormatException ex) {
			throw new BrokerFailedException("The emulator refused '" + command + "': " + answer, ex);
		}
	}

	private void order(String command) {
		String answer = ask(command);
		if (!EmulatorProgram.isDone(answer)) {
			throw new BrokerFailedException("The emulator refused '" + command + "': " + answer);
		}
	}

	private String ask(String command) {
		this.commands.println(command);
		return nextLine(command);
	}

	private String nextLine(String command) {
		try {
			return CompletableFuture.supplyAsync(() -> readLine(command), this.reader)
				.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			close();
			Thread.currentThread().interrupt();
			throw new BrokerFailedException("Interrupted while waiting for the emulator", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			close();
			throw new BrokerFailedException("The emulator gave no answer to '" + command + "'", ex);
		}
	}

	private String readLine(String command) {
		try {
			String line = this.answers.readLine();
			if (line == null) {
				throw new BrokerFailedException("The emulator has ended");
			}
			return line;
		}
		catch (IOException ex) {
			throw new BrokerFailedException("No answer to '" + command + "'", ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		this.reader.shutdownNow();
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "emulator-reader");
		thread.setDaemon(true);
		return thread;
	}

}
