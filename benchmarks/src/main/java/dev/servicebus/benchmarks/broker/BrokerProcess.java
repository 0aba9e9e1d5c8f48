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

import dev.servicebus.benchmarks.measure.Usage;

/**
 * A broker in a Java virtual machine of its own, so that what it costs can be told from
 * what its clients cost. It runs the class path of this process.
 */
public final class BrokerProcess implements Broker {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ExecutorService reader = Executors.newSingleThreadExecutor(BrokerProcess::daemon);

	private final Process process;

	private final BufferedReader answers;

	private final PrintWriter commands;

	private final int port;

	private final Usage startUsage;

	private BrokerProcess(Process process) {
		this.process = process;
		this.answers = process.inputReader(StandardCharsets.UTF_8);
		this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
		String[] greeting = nextLine("start").split(" ", 2);
		this.port = Integer.parseInt(greeting[0]);
		this.startUsage = usage(1, greeting[1]);
	}

	/**
	 * Starts a broker and waits until clients can connect.
	 */
	public static BrokerProcess start(BrokerKind kind) {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		ProcessBuilder builder = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"),
				BrokerProgram.class.getName(), kind.name());
		try {
			return new BrokerProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new BrokerFailedException("The broker cannot be started", ex);
		}
	}

	@Override
	public int port() {
		return this.port;
	}

	/**
	 * What the broker has used up from the call that started it until it answered a
	 * client; the start of its virtual machine is not in it.
	 */
	public Usage startUsage() {
		return this.startUsage;
	}

	/**
	 * Measures what the broker uses up from now on.
	 */
	public void startMeter() {
		order("meter start");
	}

	/**
	 * What the broker has used up since the meter was started.
	 */
	public Usage usedFor(int messages) {
		return usage(messages, ask("meter " + messages));
	}

	private static Usage usage(int messages, String text) {
		String[] figures = text.split(" ");
		return new Usage(messages, Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]),
				Integer.parseInt(figures[3]));
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
			throw new BrokerFailedException("The broker refused '" + command + "': " + answer, ex);
		}
	}

	private void order(String command) {
		String answer = ask(command);
		if (!BrokerProgram.isDone(answer)) {
			throw new BrokerFailedException("The broker refused '" + command + "': " + answer);
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
			throw new BrokerFailedException("Interrupted while waiting for the broker", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			close();
			throw new BrokerFailedException("The broker gave no answer to '" + command + "'", ex);
		}
	}

	private String readLine(String command) {
		try {
			String line = this.answers.readLine();
			if (line == null) {
				throw new BrokerFailedException("The broker has ended");
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
		Thread thread = new Thread(task, "broker-reader");
		thread.setDaemon(true);
		return thread;
	}

}
