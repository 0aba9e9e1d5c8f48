package dev.servicebus.emulator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.http.HttpHandler;
import dev.servicebus.amqp.transport.netty.NettyNetwork;
import dev.servicebus.emulator.admin.AdministrationContext;
import dev.servicebus.emulator.admin.AdministrationFeed;
import dev.servicebus.emulator.amqp.AmqpAcceptor;
import dev.servicebus.emulator.amqp.fault.FaultControl;
import dev.servicebus.emulator.auth.AccessRules;
import dev.servicebus.emulator.auth.Authority;
import dev.servicebus.emulator.delivery.DeliveryContext;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.frame.FrameTaps;
import dev.servicebus.emulator.time.BrokerClock;
import dev.servicebus.emulator.time.BrokerTimers;
import org.jspecify.annotations.Nullable;

/**
 * One life of an emulator: puts the parts together, and takes them apart again.
 * Everything lives on one loop.
 */
final class RunningEmulator {

	private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

	private final EmulatorOptions options;

	private final Network network;

	private final LoopCalls calls;

	private final BrokerClock clock;

	private final BrokerTimers timers;

	private final Namespace namespace;

	private final AccessRules accessRules;

	private final Authority authority;

	private final AmqpAcceptor acceptor;

	private @Nullable EmulatorPorts ports;

	private RunningEmulator(EmulatorOptions options, Network network) {
		this.options = options;
		this.network = network;
		EventLoop loop = network.nextLoop();
		this.calls = LoopCalls.on(network, loop);
		this.clock = new BrokerClock((options.clock() != null) ? options.clock() : loop.clock());
		this.timers = new BrokerTimers(this.clock, (delay, task) -> loop.schedule(delay, task)::cancel);
		this.accessRules = new AccessRules(options.accessControl());
		this.namespace = new Namespace(options.namespace(), new DeliveryContext(this.timers, options.lockTokens()),
				this::forgetRules);
		this.authority = options.authority(this.accessRules);
		this.acceptor = new AmqpAcceptor(loop, this.namespace, this.timers, this.authority);
	}

	static RunningEmulator start(EmulatorOptions options) {
		Network given = options.endpoint().network();
		Network network = (given != null) ? given
				: NettyNetwork.builder().threadNamePrefix("servicebus-emulator").build();
		RunningEmulator emulator = new RunningEmulator(options, network);
		try {
			emulator.run(emulator::reset);
			emulator.ports = EmulatorPorts.open(options.endpoint(), network, emulator.calls.loop(), emulator.acceptor,
					emulator.http());
			return emulator;
		}
		catch (RuntimeException ex) {
			emulator.stop();
			throw ex;
		}
	}

	/**
	 * What answers HTTP requests, on the loop like everything else.
	 */
	private HttpHandler http() {
		AdministrationContext context = new AdministrationContext(this.namespace, this.accessRules, this.authority,
				this.clock, this.calls.loop().clock());
		return new HealthEndpoint(new AdministrationFeed(context));
	}

	EmulatorPorts ports() {
		if (this.ports == null) {
			throw new IllegalStateException("The emulator does not listen.");
		}
		return this.ports;
	}

	InstantSource clock() {
		return this.clock;
	}

	BrokerTimers timers() {
		return this.timers;
	}

	FaultControl faults() {
		return this.acceptor.faults();
	}

	FrameTaps frames() {
		return this.acceptor.frames();
	}

	Namespace namespace() {
		return this.namespace;
	}

	<T> T call(Supplier<T> work) {
		return this.calls.call(work);
	}

	void run(Runnable work) {
		this.calls.call(() -> {
			work.run();
			return Boolean.TRUE;
		});
	}

	/**
	 * Gives the entities of the options their options and rules and no messages, and
	 * removes the others. On the loop.
	 */
	void reset() {
		new NamespaceReset(this.options.content(), this.namespace).run();
		this.accessRules.change((changed) -> this.options.accessControl());
	}

	private void forgetRules(String entity) {
		this.accessRules.change((rules) -> rules.withEntityRules(entity, List.of()));
	}

	void stop() {
		if (this.ports != null) {
			this.ports.close();
		}
		CompletionStage<Void> ended = call(this.acceptor::closeConnections);
		this.calls.await(ended, CLOSE_LIMIT);
		if (this.network instanceof NettyNetwork own && this.options.endpoint().network() == null) {
			own.close();
		}
	}

}
