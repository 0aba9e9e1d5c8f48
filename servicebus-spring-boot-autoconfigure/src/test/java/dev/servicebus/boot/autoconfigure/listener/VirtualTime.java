package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;

import dev.servicebus.amqp.simulation.SimulatedNetwork;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.boot.autoconfigure.ServiceBusClientBuilderCustomizer;
import dev.servicebus.boot.autoconfigure.ServiceBusEmulatorBuilderCustomizer;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.DelayScheduler;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerThreads;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * A time in which an application, its client and the emulator live, and which passes when
 * a test says so. The listeners run on the thread of the test, while it lets time pass.
 */
final class VirtualTime {

	private static final long SEED = 7;

	private static final Duration STEP = Duration.ofMillis(250);

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private final SimulatedNetwork network = SimulatedNetwork.builder()
		.seed(SEED)
		.latency(Duration.ofMillis(2))
		.build();

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final DelayScheduler scheduler = new LoopScheduler(this.network.time().newLoop("listener-timer"),
			this.network);

	/** An application that lives in this time. */
	ListenerApplication application(Class<?>... configurations) {
		return ListenerApplication.of(configurations).change(this::include);
	}

	private ApplicationContextRunner include(ApplicationContextRunner runner) {
		return runner
			.withBean(ServiceBusEmulatorBuilderCustomizer.class,
					() -> (emulator) -> emulator.network(this.network).seed(SEED))
			.withBean(ServiceBusClientBuilderCustomizer.class,
					() -> (client) -> client.network(this.network).executor(Runnable::run).random(new Random(SEED)))
			.withBean(ListenerThreads.class, () -> ListenerThreads.of(this.tasks::add))
			.withBean(Timed.class, () -> new Timed(this.scheduler))
			.withInitializer((context) -> context
				.addApplicationListener((ContextClosedEvent event) -> stopListeners(event.getApplicationContext())));
	}

	Instant now() {
		return this.network.time().clock().instant();
	}

	/** Sends, and lets happen what happens at once. */
	void send(RunningApplication application, String queue, Object... payloads) {
		for (Object payload : payloads) {
			this.network.time().await(application.template().sendAsync(queue, payload), LIMIT);
		}
		run();
	}

	/** Lets happen what happens at once. */
	void run() {
		for (int i = 0; i < 10 || !this.tasks.isEmpty(); i++) {
			runTasks();
			this.network.time().advance(Duration.ofMillis(10));
		}
	}

	/** Lets time pass, and what becomes due be handled. */
	void advance(Duration duration) {
		runTasks();
		for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
			this.network.time().advance((left.compareTo(STEP) < 0) ? left : STEP);
			runTasks();
		}
	}

	/** Lets time pass in which no listener begins, for listeners that are busy. */
	void pass(Duration duration) {
		this.network.time().advance(duration);
	}

	/** Those who close the application do not let time pass. */
	private void stopListeners(ApplicationContext context) {
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		context.getBean(ServiceBusListenerEndpointRegistry.class).stop(() -> stopped.complete(null));
		for (int i = 0; i < 1_000 && !stopped.isDone(); i++) {
			run();
		}
	}

	private void runTasks() {
		for (Runnable next = this.tasks.poll(); next != null; next = this.tasks.poll()) {
			next.run();
		}
	}

	/** Has the delays of the containers in the time of the test. */
	private record Timed(DelayScheduler scheduler) implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return (bean instanceof ContainerServices services)
					? new ContainerServices(services.client(), services.executor(), this.scheduler, new Random(SEED),
							services.monitor(), services.sessionListener())
						.withInterceptors(services.interceptors())
						.withReplyPostProcessors(services.replyPostProcessors())
						.withBackPressure(services.backPressure())
						.withObservations(services.observations())
					: bean;
		}

	}

	private record LoopScheduler(EventLoop loop, SimulatedNetwork network) implements DelayScheduler {

		@Override
		public Future<?> schedule(Duration delay, Runnable task) {
			CompletableFuture<Void> future = new CompletableFuture<>();
			EventLoop.Timer timer = this.loop.schedule(delay, () -> {
				future.complete(null);
				task.run();
			});
			future.whenComplete((nothing, failure) -> timer.cancel());
			return future;
		}

		@Override
		public long nanoTime() {
			return this.loop.nanoTime();
		}

		@Override
		public Instant instant() {
			return this.network.time().clock().instant();
		}

	}

}
