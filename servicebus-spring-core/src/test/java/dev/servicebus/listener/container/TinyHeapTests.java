package dev.servicebus.listener.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Listeners that run out of memory, in a process of their own with a heap of 40 MB (F46
 * of the failure classes).
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TinyHeapTests {

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder().queue("orders").build().start();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void listenerThatRunsOutOfMemoryCostsItsOwnMessages() throws Exception {
		send("big 1", "big 2", "big 3");
		for (int i = 0; i < 20; i++) {
			send("small " + i);
		}
		assertThat(run(false)).contains("good 20, running true, healthy false, java.lang.OutOfMemoryError");
		await().untilAsserted(() -> assertThat(this.emulator.queue("orders").deadLetters()).hasSize(3)
			.allMatch((message) -> message.deadLetterReason().equals("java.lang.OutOfMemoryError")));
		assertThat(this.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void listenerThatRunsOutOfMemoryStopsItsContainerWhereThatIsWanted() throws Exception {
		send("big");
		assertThat(run(true)).contains("good 0, running false, healthy false, java.lang.OutOfMemoryError");
		await().untilAsserted(() -> assertThat(this.emulator.queue("orders").messages()).singleElement()
			.satisfies((message) -> assertThat(message.isLocked()).isFalse()));
	}

	private void send(String... bodies) {
		try (ServiceBusClient client = ServiceBusClient.builder()
			.connectionString(this.emulator.connectionString())
			.build()) {
			ServiceBusSender sender = client.sender("orders");
			List.of(bodies).forEach((body) -> sender.send(ServiceBusMessage.of(body)));
		}
	}

	/** Runs the program and returns what it has printed. */
	private String run(boolean stopOnFatalError) throws IOException, InterruptedException {
		Path output = this.directory.resolve("output.txt");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx40m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				TinyHeapApplication.class.getName(), this.emulator.connectionString(), String.valueOf(stopOnFatalError))
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the program ends").isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		return Files.readString(output, StandardCharsets.UTF_8);
	}

}
