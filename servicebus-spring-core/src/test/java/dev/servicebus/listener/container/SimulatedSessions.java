package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import dev.servicebus.client.amqp.SimulatedService;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.listener.DelayScheduler;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.SessionLifecycleListener;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.listener.support.ManualExecutor;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Containers on a queue with sessions, client and broker included, in virtual time.
 */
final class SimulatedSessions implements AutoCloseable {

	private static final Duration STEP = Duration.ofMillis(100);

	final SimulatedService service;

	final ManualExecutor executor = new ManualExecutor();

	final RecordingMonitor monitor = new RecordingMonitor();

	final DelayScheduler timer;

	private UnaryOperator<ListenerOptions.Builder> options = UnaryOperator.identity();

	private UnaryOperator<SessionOptions> sessions = UnaryOperator.identity();

	private ErrorHandler errorHandler = ErrorHandler.PROPOSED;

	private SessionLifecycleListener sessionListener = SessionLifecycleListener.NONE;

	SimulatedSessions(long seed) {
		EntityOptions queue = EntityOptions.builder()
			.requiresSession(true)
			.lockDuration(Duration.ofSeconds(30))
			.maxDeliveryCount(1000)
			.build();
		this.service = SimulatedService.of(seed, ServiceBusEmulator.builder().queue("orders", queue));
		this.timer = new LoopScheduler(this.service.network.time().newLoop("timer"),
				this.service.network.time().clock());
	}

	SimulatedSessions options(UnaryOperator<ListenerOptions.Builder> newOptions) {
		this.options = newOptions;
		return this;
	}

	SimulatedSessions sessions(UnaryOperator<SessionOptions> newSessions) {
		this.sessions = newSessions;
		return this;
	}

	SimulatedSessions errorHandler(ErrorHandler newErrorHandler) {
		this.errorHandler = newErrorHandler;
		return this;
	}

	SimulatedSessions sessionListener(SessionLifecycleListener newSessionListener) {
		this.sessionListener = newSessionListener;
		return this;
	}

	ServiceBusListenerContainer start(MessageListener listener) {
		ServiceBusListenerContainer container = container("orders", listener);
		container.start();
		run();
		return container;
	}

	ServiceBusListenerContainer container(String id, MessageListener listener) {
		ListenerOptions.Builder base = ListenerOptions.builder()
			.sessions(this.sessions.apply(SessionOptions.ENABLED))
			.retry(RetryOptions.builder().maxAttempts(3).delay(Duration.ofSeconds(1)).jitter(0).build());
		return new ServiceBusListenerContainer(
				new ListenerDefinition(id, ListenerTarget.queue("orders"), listener, this.errorHandler,
						this.options.apply(base).build()),
				new ContainerServices(this.service.client, this.executor, this.timer, RandomGenerator.getDefault(),
						this.monitor)
					.withSessionListener(this.sessionListener));
	}

	void send(String sessionId, String... bodies) {
		for (String body : bodies) {
			ServiceBusMessage message = ServiceBusMessage.builder().body(body).sessionId(sessionId).build();
			this.service.await(this.service.client.sender("orders").sendAsync(message));
		}
	}

	/** Lets happen what happens at once. */
	void run() {
		for (int i = 0; i < 10 || this.executor.waiting() > 0; i++) {
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

	/** Who is connected to the queue, or asks for one of its sessions. */
	int consumers() {
		return this.service.emulator.queue("orders").consumers();
	}

	int left() {
		return this.service.emulator.queue("orders").messages().size();
	}

	@Override
	public void close() {
		this.service.close();
	}

}
