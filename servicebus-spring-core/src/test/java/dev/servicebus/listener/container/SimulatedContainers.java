package dev.servicebus.listener.container;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import dev.servicebus.client.amqp.SimulatedService;
import dev.servicebus.client.retry.RetryMode;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.emulator.ServiceBusEmulatorBuilder;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.listener.DelayScheduler;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.support.ManualExecutor;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Containers with client and broker, in virtual time.
 */
final class SimulatedContainers implements AutoCloseable {

	/** Ten minutes between attempts, three of them. */
	static final RetryOptions TEN_MINUTES = RetryOptions.builder()
		.maxAttempts(3)
		.mode(RetryMode.FIXED)
		.delay(Duration.ofMinutes(10))
		.maxDelay(Duration.ofMinutes(10))
		.jitter(0)
		.build();

	private static final Duration STEP = Duration.ofMillis(500);

	final SimulatedService service;

	final ManualExecutor executor = new ManualExecutor();

	final RecordingMonitor monitor = new RecordingMonitor();

	final DelayScheduler timer;

	private UnaryOperator<ListenerOptions.Builder> options = UnaryOperator.identity();

	private ErrorHandler errorHandler = ErrorHandler.PROPOSED;

	SimulatedContainers(ServiceBusEmulatorBuilder emulator) {
		this.service = SimulatedService.of(7, emulator);
		this.timer = new LoopScheduler(this.service.network.time().newLoop("timer"),
				this.service.network.time().clock());
	}

	SimulatedContainers options(UnaryOperator<ListenerOptions.Builder> newOptions) {
		this.options = newOptions;
		return this;
	}

	SimulatedContainers errorHandler(ErrorHandler newErrorHandler) {
		this.errorHandler = newErrorHandler;
		return this;
	}

	ServiceBusListenerContainer start(ListenerTarget target, MessageListener listener) {
		ListenerOptions built = this.options.apply(ListenerOptions.builder().retry(TEN_MINUTES)).build();
		ServiceBusListenerContainer container = new ServiceBusListenerContainer(
				new ListenerDefinition("listener", target, listener, this.errorHandler, built), new ContainerServices(
						this.service.client, this.executor, this.timer, RandomGenerator.getDefault(), this.monitor));
		container.start();
		run();
		return container;
	}

	void send(String entity, ServiceBusMessage message) {
		this.service.await(this.service.client.sender(entity).sendAsync(message));
		run();
	}

	/** Lets happen what happens at once. */
	void run() {
		for (int i = 0; i < 20 || this.executor.waiting() > 0; i++) {
			this.executor.runAll();
			this.service.network.time().advance(Duration.ofMillis(10));
		}
	}

	/** Lets time pass, and what becomes due be handled. */
	void advance(Duration duration) {
		for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
			this.service.advance((left.compareTo(STEP) < 0) ? left : STEP);
			this.executor.runAll();
		}
		run();
	}

	/** Stops a container whose listeners are not busy. */
	void stop(ServiceBusListenerContainer container) {
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		container.stop(() -> stopped.complete(null));
		for (int i = 0; i < 1000 && !stopped.isDone(); i++) {
			run();
		}
		this.service.await(stopped);
	}

	Instant now() {
		return this.service.network.time().clock().instant();
	}

	List<StoredMessage> messages(String queue) {
		return this.service.emulator.queue(queue).messages();
	}

	List<StoredMessage> deadLetters(String queue) {
		return this.service.emulator.queue(queue).deadLetters();
	}

	@Override
	public void close() {
		this.service.close();
	}

}
