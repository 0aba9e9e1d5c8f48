package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.amqp.simulation.SimulatedNetwork;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.ServiceBusEmulatorBuilder;
import dev.servicebus.message.ServiceBusMessage;

/**
 * The emulator and a client of it in one simulated network, in virtual time.
 */
public final class SimulatedService implements AutoCloseable {

	public static final Duration LIMIT = Duration.ofMinutes(5);

	public final SimulatedNetwork network;

	public final ServiceBusEmulator emulator;

	public final ServiceBusClient client;

	private final long seed;

	private SimulatedService(long seed, ServiceBusEmulatorBuilder emulator, Duration latency) {
		this.seed = seed;
		this.network = SimulatedNetwork.builder().seed(seed).latency(latency).build();
		this.emulator = emulator.network(this.network).seed(seed).build().start();
		this.client = client(this.emulator.connectionString());
	}

	public static SimulatedService withQueue(long seed, String queue) {
		return of(seed, ServiceBusEmulator.builder().queue(queue));
	}

	public static SimulatedService of(long seed, ServiceBusEmulatorBuilder emulator) {
		return of(seed, emulator, Duration.ofMillis(2));
	}

	public static SimulatedService of(long seed, ServiceBusEmulatorBuilder emulator, Duration latency) {
		return new SimulatedService(seed, emulator, latency);
	}

	public ServiceBusClient client(String connectionString) {
		return ServiceBusClient.builder()
			.connectionString(connectionString)
			.network(this.network)
			.executor(Runnable::run)
			.random(new Random(this.seed))
			.retryOptions(RetryOptions.builder().tryTimeout(Duration.ofSeconds(30)).build())
			.build();
	}

	public <T> T await(CompletableFuture<T> future) {
		return this.network.time().await(future, LIMIT);
	}

	public void advance(Duration duration) {
		this.network.time().advance(duration);
	}

	public void run() {
		// Long enough for a few exchanges, too short for any timer that matters.
		this.network.time().advance(Duration.ofMillis(50));
	}

	public void send(String queue, String... bodies) {
		for (String body : bodies) {
			await(this.client.sender(queue).sendAsync(ServiceBusMessage.of(body)));
		}
	}

	@Override
	public void close() {
		this.client.close();
		run();
		this.emulator.close();
	}

	@Override
	public String toString() {
		return this.network.toString();
	}

}
