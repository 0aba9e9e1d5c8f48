package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.util.function.UnaryOperator;

import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.engine.AmqpEngine;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.amqp.simulation.SimulatedNetwork;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.ServiceBusEmulatorBuilder;
import dev.servicebus.emulator.auth.AccessControl;

/**
 * An emulator and raw AMQP clients in one simulated network.
 */
final class TestBench {

	static final long SEED = 20260721;

	final SimulatedNetwork network = SimulatedNetwork.seeded(SEED);

	final ServiceBusEmulator emulator;

	private final EventLoop loop = this.network.nextLoop();

	TestBench(UnaryOperator<ServiceBusEmulatorBuilder> customizer) {
		this.emulator = customizer.apply(ServiceBusEmulator.builder().network(this.network).seed(SEED)).build().start();
	}

	static TestBench withQueue(String path) {
		return new TestBench((builder) -> builder.queue(path));
	}

	/**
	 * A client with all rights.
	 */
	TestClient connect() {
		return connect(SaslCredentials.plain(AccessControl.DEFAULT_RULE_NAME, AccessControl.DEFAULT_KEY));
	}

	TestClient connect(SaslCredentials credentials) {
		TestClient client = new TestClient(this);
		client.connected(AmqpEngine.connect(this.network, this.loop,
				ConnectTarget.plain("localhost", this.emulator.port()), Duration.ofSeconds(5),
				ConnectionOptions.of("test").withHostname("localhost"), credentials, client));
		run();
		return client;
	}

	/**
	 * Runs a task of a client, and everything that follows.
	 */
	void run(Runnable task) {
		this.network.time().runOn(this.loop, task);
	}

	void run() {
		this.network.time().runUntilIdle();
	}

}
