package dev.servicebus.emulator;

import java.nio.file.Path;
import java.util.Map;

import dev.servicebus.amqp.transport.tls.ServerTls;
import dev.servicebus.emulator.auth.AccessControl;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.auth.JwtTrust;
import dev.servicebus.emulator.config.ConfigReader;
import dev.servicebus.emulator.config.EmulatorConfig;
import dev.servicebus.emulator.config.TopicDefinition;
import dev.servicebus.emulator.rule.RuleDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The running program: an emulator with what the user asked for.
 */
final class StandaloneEmulator implements AutoCloseable {

	private final ServiceBusEmulator emulator;

	private StandaloneEmulator(ServiceBusEmulator emulator) {
		this.emulator = emulator;
	}

	/**
	 * Starts what the user asked for.
	 * @param commandLine the arguments of the program
	 * @param environment the environment variables
	 * @throws RuntimeException if it cannot start; nothing is left running then
	 */
	static StandaloneEmulator start(CommandLine commandLine, Map<String, String> environment) {
		Path file = commandLine.config();
		EmulatorConfig config = (file != null) ? new ConfigReader().read(file) : EmulatorConfig.EMPTY;
		AuthorizationRule rule = OwnKey.rule(commandLine.keyFile(), environment);
		ServiceBusEmulator emulator = build(commandLine, config, rule, commandLine.tls().read(environment));
		OptionFile exported = commandLine.tls().exported();
		if (exported != null) {
			exported.write(emulator.certificatePem());
		}
		return new StandaloneEmulator(emulator.start());
	}

	ServiceBusEmulator broker() {
		return this.emulator;
	}

	int amqpPort() {
		return this.emulator.port();
	}

	int httpPort() {
		return this.emulator.httpPort();
	}

	@Override
	public void close() {
		this.emulator.close();
	}

	private static ServiceBusEmulator build(CommandLine commandLine, EmulatorConfig config, AuthorizationRule rule,
			@Nullable ServerTls tls) {
		ServiceBusEmulatorBuilder builder = ServiceBusEmulator.builder()
			.host(commandLine.host())
			.port(commandLine.amqpPort())
			.httpPort(commandLine.httpPort())
			.rule(rule);
		config.queues().forEach((queue) -> builder.queue(queue.name(), queue.options()));
		config.topics().forEach((topic) -> addTopic(builder, topic));
		if (commandLine.autoCreate()) {
			builder.autoCreate();
		}
		if (tls != null) {
			builder.tls(tls);
		}
		JwtTrust jwtTrust = JwtKey.read(commandLine.jwtKey());
		if (jwtTrust != null) {
			builder.jwt(jwtTrust);
		}
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw new StartException("--host: " + ex.getMessage()
					+ (rule.primaryKey().equals(AccessControl.DEFAULT_KEY) ? " See --help about keys." : ""));
		}
	}

	private static void addTopic(ServiceBusEmulatorBuilder builder, TopicDefinition topic) {
		builder.topic(topic.name(), topic.options());
		topic.subscriptions()
			.forEach((subscription) -> builder.subscription(topic.name(), subscription.name(), subscription.options(),
					subscription.rules().toArray(RuleDefinition[]::new)));
	}

}
