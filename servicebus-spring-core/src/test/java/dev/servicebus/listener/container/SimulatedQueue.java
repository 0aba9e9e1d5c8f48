package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.amqp.SimulatedService;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.ServiceBusEmulatorBuilder;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.listener.DelayScheduler;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.support.ManualExecutor;
import dev.servicebus.listener.support.RecordingMonitor;

/**
 * Containers on a queue whose locks hold for 30 seconds, client and broker included, in
 * virtual time.
 */
final class SimulatedQueue implements AutoCloseable {

	static final Duration LOCK = Duration.ofSeconds(30);

	private static final Duration STEP = Duration.ofMillis(250);

	final SimulatedService service;

	final ManualExecutor executor = new ManualExecutor();

	final RecordingMonitor monitor = new RecordingMonitor();

	final DelayScheduler timer;

	private MessagingClient client;

	SimulatedQueue(long seed) {
		this(seed, ServiceBusEmulator.builder().queue("orders", EntityOptions.builder().lockDuration(LOCK).build()));
	}

	SimulatedQueue(long seed, ServiceBusEmulatorBuilder emulator) {
		this.service = SimulatedService.of(seed, emulator);
		this.client = this.service.client;
		this.timer = new LoopScheduler(this.service.network.time().newLoop("timer"),
				this.service.network.time().clock());
	}

	/** From now on, containers use another client. */
	SimulatedQueue client(MessagingClient newClient) {
		this.client = newClient;
		return this;
	}

	ServiceBusListenerContainer start(UnaryOperator<ListenerOptions.Builder> options, MessageListener listener) {
		ListenerDefinition definition = new ListenerDefinition("orders", ListenerTarget.queue("orders"), listener,
				ErrorHandler.PROPOSED, options.apply(ListenerOptions.builder()).build());
		ServiceBusListenerContainer container = new ServiceBusListenerContainer(definition, new ContainerServices(
				this.client, this.executor, this.timer, RandomGenerator.getDefault(), this.monitor));
		container.start();
		run();
		return container;
	}

	void send(String... bodies) {
		this.service.send("orders", bodies);
	}

	/** Lets happen what happens at once. */
	void run() {
		for (int i = 0; i < 10 || this.executor.waiting() > 0; i++) {
			this.executor.runAll();
			this.service.advance(Duration.ofMillis(10));
		}
	}

	/** Lets time pass, and what becomes due be handled. */
	void advance(Duration duration) {
		for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
			this.service.advance((left.compareTo(STEP) < 0) ? left : STEP);
			this.executor.runAll();
		}
	}

	int left() {
		return this.service.emulator.queue("orders").messages().size();
	}

	@Override
	public void close() {
		this.service.close();
	}

}
