package dev.servicebus.emulator;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.tls.ServerTls;
import dev.servicebus.emulator.auth.AccessControl;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.auth.JwtTrust;
import dev.servicebus.emulator.delivery.LockTokens;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.MissingEntities;
import dev.servicebus.emulator.entity.NamespaceOptions;
import dev.servicebus.emulator.rule.RuleDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Collects how an emulator shall be. Not thread-safe.
 */
public final class ServiceBusEmulatorBuilder {

	/** Every loopback address of this machine. */
	public static final String DEFAULT_HOST = "localhost";

	/** A free port. */
	public static final int DEFAULT_PORT = 0;

	private final NamespaceContentBuilder content = new NamespaceContentBuilder();

	private final List<AuthorizationRule> rules = new ArrayList<>();

	private final Map<String, List<AuthorizationRule>> entityRules = new LinkedHashMap<>();

	private NamespaceOptions namespace = NamespaceOptions.DEFAULTS;

	private String host = DEFAULT_HOST;

	private int port = DEFAULT_PORT;

	private @Nullable Integer httpPort;

	private @Nullable ServerTls tls;

	private EmulatorOptions.Access access = EmulatorOptions.Access.VERIFIED;

	private @Nullable JwtTrust jwtTrust;

	private @Nullable Network network;

	private @Nullable InstantSource clock;

	private LockTokens lockTokens = LockTokens.unpredictablySeeded();

	ServiceBusEmulatorBuilder() {
	}

	/**
	 * Adds a queue with the default options.
	 */
	public ServiceBusEmulatorBuilder queue(String path) {
		this.content.queue(path, null);
		return this;
	}

	/**
	 * Adds a queue.
	 */
	public ServiceBusEmulatorBuilder queue(String path, EntityOptions options) {
		this.content.queue(path, Objects.requireNonNull(options, "options"));
		return this;
	}

	/**
	 * Adds a topic with the default options.
	 */
	public ServiceBusEmulatorBuilder topic(String path) {
		this.content.topic(path, null);
		return this;
	}

	/**
	 * Adds a topic.
	 */
	public ServiceBusEmulatorBuilder topic(String path, EntityOptions options) {
		this.content.topic(path, Objects.requireNonNull(options, "options"));
		return this;
	}

	/**
	 * Adds a subscription with the default options, and its topic unless that was added
	 * before.
	 * @param topic the path of the topic
	 * @param name up to 50 letters, digits and characters of {@code . - _ ~}
	 * @param rules which messages it takes; all if there are none
	 */
	public ServiceBusEmulatorBuilder subscription(String topic, String name, RuleDefinition... rules) {
		this.content.subscription(topic, name, null, List.of(rules));
		return this;
	}

	/**
	 * Adds a subscription, and its topic unless that was added before.
	 * @param topic the path of the topic
	 * @param name up to 50 letters, digits and characters of {@code . - _ ~}
	 * @param options how it behaves
	 * @param rules which messages it takes; all if there are none
	 */
	public ServiceBusEmulatorBuilder subscription(String topic, String name, EntityOptions options,
			RuleDefinition... rules) {
		this.content.subscription(topic, name, Objects.requireNonNull(options, "options"), List.of(rules));
		return this;
	}

	/**
	 * The options of entities that are added without any. Default:
	 * {@link EntityOptions#DEFAULTS}.
	 */
	public ServiceBusEmulatorBuilder defaultEntityOptions(EntityOptions options) {
		this.namespace = this.namespace.withDefaultOptions(options);
		return this;
	}

	/**
	 * Creates an entity with the default options whenever a client with the right to use
	 * it names one that does not exist: a queue, or a subscription with its topic if the
	 * address has the form {@code topic/Subscriptions/name}. Default: the client is
	 * refused.
	 */
	public ServiceBusEmulatorBuilder autoCreate() {
		this.namespace = this.namespace.withMissingEntities(MissingEntities.CREATE);
		return this;
	}

	/**
	 * The address to listen on. Default: {@value #DEFAULT_HOST}, which means all loopback
	 * addresses. Others take a {@linkplain #rule rule} with a key of one's own.
	 */
	public ServiceBusEmulatorBuilder host(String newHost) {
		this.host = Objects.requireNonNull(newHost, "host");
		return this;
	}

	/**
	 * The port to listen on, 0 for a free one. Default: {@value #DEFAULT_PORT}.
	 */
	public ServiceBusEmulatorBuilder port(int newPort) {
		this.port = checkPort("port", newPort);
		return this;
	}

	/**
	 * A second port, for tools that expect HTTP on a port of its own; 0 for a free one.
	 * Both ports serve everything. Only on sockets. Default: none.
	 */
	public ServiceBusEmulatorBuilder httpPort(int newPort) {
		this.httpPort = checkPort("httpPort", newPort);
		return this;
	}

	/**
	 * The certificate for clients with TLS. Default: one that is made when the first of
	 * them comes, for {@code localhost} and the {@linkplain #host host}; see
	 * {@link ServiceBusEmulator#certificatePem()}.
	 */
	public ServiceBusEmulatorBuilder tls(ServerTls newTls) {
		this.tls = Objects.requireNonNull(newTls, "tls");
		return this;
	}

	/**
	 * Adds an authorization rule for the whole namespace. Without any, there is the one
	 * that connection strings for emulators carry:
	 * {@value AccessControl#DEFAULT_RULE_NAME} with the key
	 * {@value AccessControl#DEFAULT_KEY}.
	 */
	public ServiceBusEmulatorBuilder rule(AuthorizationRule rule) {
		this.rules.add(Objects.requireNonNull(rule, "rule"));
		return this;
	}

	/**
	 * Adds an authorization rule for one entity.
	 */
	public ServiceBusEmulatorBuilder entityRule(String entity, AuthorizationRule rule) {
		this.entityRules.computeIfAbsent(entity, (key) -> new ArrayList<>()).add(Objects.requireNonNull(rule, "rule"));
		return this;
	}

	/**
	 * Believes JSON Web Tokens, too, as clients with a token credential show them.
	 * Default: none is believed.
	 */
	public ServiceBusEmulatorBuilder jwt(JwtTrust trust) {
		this.jwtTrust = Objects.requireNonNull(trust, "trust");
		return this;
	}

	/**
	 * Lets everybody do everything and looks at no key. Only on loopback addresses.
	 */
	public ServiceBusEmulatorBuilder anonymous() {
		this.access = EmulatorOptions.Access.ANONYMOUS;
		return this;
	}

	/**
	 * Where connections come from, for example a simulated network. It is not closed with
	 * the emulator. Default: sockets of its own.
	 */
	public ServiceBusEmulatorBuilder network(Network newNetwork) {
		this.network = Objects.requireNonNull(newNetwork, "network");
		return this;
	}

	/**
	 * The time from which the emulator's own time starts. Default: the clock of the
	 * network.
	 */
	public ServiceBusEmulatorBuilder clock(InstantSource newClock) {
		this.clock = Objects.requireNonNull(newClock, "clock");
		return this;
	}

	/**
	 * Draws the same lock tokens in every run. Default: nobody can tell them.
	 */
	public ServiceBusEmulatorBuilder seed(long seed) {
		this.lockTokens = new LockTokens(new SplittableRandom(seed));
		return this;
	}

	/**
	 * Returns an emulator that has not been started.
	 * @throws IllegalArgumentException if the host is open to others and the keys are not
	 * one's own
	 */
	public ServiceBusEmulator build() {
		List<AuthorizationRule> namespaceRules = this.rules.isEmpty()
				? List.of(AuthorizationRule.allRights(AccessControl.DEFAULT_RULE_NAME, AccessControl.DEFAULT_KEY))
				: this.rules;
		AccessControl accessControl = AccessControl.NONE;
		for (AuthorizationRule rule : namespaceRules) {
			accessControl = accessControl.withRule(rule);
		}
		for (Map.Entry<String, List<AuthorizationRule>> entity : this.entityRules.entrySet()) {
			for (AuthorizationRule rule : entity.getValue()) {
				accessControl = accessControl.withEntityRule(entity.getKey(), rule);
			}
		}
		return new ServiceBusEmulator(
				new EmulatorOptions(endpoint(), this.namespace, this.content.build(this.namespace.defaultOptions()),
						namespaceRules.get(0), accessControl, this.jwtTrust, this.access, this.clock, this.lockTokens));
	}

	private EndpointOptions endpoint() {
		return new EndpointOptions(this.host, this.port, this.httpPort,
				(this.tls != null) ? this.tls : EndpointOptions.selfSigned(this.host), this.network);
	}

	private static int checkPort(String name, int port) {
		if (port < 0 || port > 65535) {
			throw new IllegalArgumentException(name + " must be between 0 and 65535 but is " + port);
		}
		return port;
	}

}
