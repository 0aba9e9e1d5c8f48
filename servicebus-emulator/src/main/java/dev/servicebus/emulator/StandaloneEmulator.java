package dev.servicebus.emulator;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.netty.HttpServer;
import dev.servicebus.amqp.transport.netty.NettyNetwork;
import dev.servicebus.emulator.auth.AccessControl;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.config.ConfigReader;
import dev.servicebus.emulator.config.EmulatorConfig;

/**
 * The running program: a broker and the HTTP port beside it, both on one thread.
 */
final class StandaloneEmulator implements AutoCloseable {

	private final NettyNetwork network;

	private final ServiceBusEmulator emulator;

	private final Network.Binding http;

	private StandaloneEmulator(NettyNetwork network, ServiceBusEmulator emulator, Network.Binding http) {
		this.network = network;
		this.emulator = emulator;
		this.http = http;
	}

	/**
	 * Starts what the user asked for.
	 * @param commandLine the arguments of the program
	 * @param environment the environment variables
	 * @param warnings takes sentences for the user
	 * @throws RuntimeException if it cannot start; nothing is left running then
	 */
	static StandaloneEmulator start(CommandLine commandLine, Map<String, String> environment,
			Consumer<String> warnings) {
		Path file = commandLine.config();
		EmulatorConfig config = (file != null) ? new ConfigReader().read(file) : EmulatorConfig.EMPTY;
		config.notServedYet().forEach(warnings);
		AuthorizationRule rule = OwnKey.rule(commandLine.keyFile(), environment);
		NettyNetwork network = NettyNetwork.builder().threadNamePrefix("servicebus-emulator").build();
		try {
			return listen(commandLine, build(commandLine, config, rule, network), network);
		}
		catch (RuntimeException ex) {
			network.close();
			throw ex;
		}
	}

	private static StandaloneEmulator listen(CommandLine commandLine, ServiceBusEmulator emulator,
			NettyNetwork network) {
		emulator.start();
		try {
			Network.Binding http = new HttpServer(network, new HealthEndpoint(() -> isAnswering(emulator)))
				.bind(network.nextLoop(), commandLine.host(), commandLine.httpPort());
			return new StandaloneEmulator(network, emulator, http);
		}
		catch (RuntimeException ex) {
			emulator.close();
			throw ex;
		}
	}

	int amqpPort() {
		return this.emulator.port();
	}

	int httpPort() {
		return this.http.port();
	}

	@Override
	public void close() {
		this.http.close();
		this.emulator.close();
		this.network.close();
	}

	private static ServiceBusEmulator build(CommandLine commandLine, EmulatorConfig config, AuthorizationRule rule,
			Network network) {
		ServiceBusEmulatorBuilder builder = ServiceBusEmulator.builder()
			.host(commandLine.host())
			.port(commandLine.amqpPort())
			.rule(rule)
			.network(network);
		config.queues().forEach((queue) -> builder.queue(queue.name(), queue.options()));
		if (commandLine.autoCreate()) {
			builder.autoCreate();
		}
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw new StartException("--host: " + ex.getMessage()
					+ (rule.primaryKey().equals(AccessControl.DEFAULT_KEY) ? " See --help about keys." : ""));
		}
	}

	/**
	 * Asks the broker something that only its own thread can answer.
	 */
	private static boolean isAnswering(ServiceBusEmulator emulator) {
		try {
			emulator.queues();
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

}
