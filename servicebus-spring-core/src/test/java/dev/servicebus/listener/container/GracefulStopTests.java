package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.message.ServiceBusMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Stops of containers whose listeners are busy: real threads, client and broker.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class GracefulStopTests {

	private static final int BUSY = 100;

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder()
		.queue("orders")
		.queue("done")
		.build()
		.start();

	private final ServiceBusClient client = ServiceBusClient.builder()
		.connectionString(this.emulator.connectionString())
		.build();

	private final ListenerThreads threads = ListenerThreads.platform();

	private final RecordingMonitor monitor = new RecordingMonitor();

	private final CountDownLatch release = new CountDownLatch(1);

	private final AtomicInteger begun = new AtomicInteger();

	@AfterEach
	void close() {
		this.release.countDown();
		this.threads.close();
		this.client.close();
		this.emulator.close();
	}

	@Test
	void hundredBusyListenersAndAFullBufferEndWithinTheDeadlineAndLeaveEveryMessage() {
		send(300);
		Set<Thread> interrupted = ConcurrentHashMap.newKeySet();
		ServiceBusListenerContainer container = start(
				(options) -> options.concurrency(BUSY).prefetch(100).shutdownTimeout(Duration.ofSeconds(1)),
				(message, context) -> {
					this.begun.incrementAndGet();
					hang(interrupted);
				});
		await().until(() -> this.begun.get() == BUSY);
		await().until(() -> container.state().inFlight() == BUSY + 100);
		long began = System.nanoTime();
		container.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(900),
				Duration.ofSeconds(5));
		assertThat(container.isRunning()).isFalse();
		assertThat(this.monitor.events()).contains("stopped " + BUSY);
		await().until(() -> available() == 300);
		assertThat(this.emulator.queue("orders").messages()).hasSize(300)
			.allMatch((message) -> message.deliveryCount() == 0);
		assertThat(this.begun).hasValue(BUSY);
		assertThat(interrupted).isEmpty();
	}

	@Test
	void listenersThatEndInTimeSettleAndNoNewOneBegins() {
		send(50);
		ServiceBusListenerContainer container = start((options) -> options.concurrency(10).prefetch(20),
				(message, context) -> {
					this.begun.incrementAndGet();
					this.release.await();
				});
		await().until(() -> this.begun.get() == 10);
		List<CompletableFuture<Void>> stops = IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture.runAsync(container::stop, this.threads.executor()))
			.toList();
		await().until(() -> available() == 40);
		this.release.countDown();
		stops.forEach((stop) -> assertThat(stop).succeedsWithin(Duration.ofSeconds(20)));
		assertThat(this.begun).hasValue(10);
		assertThat(this.emulator.queue("orders").messages()).hasSize(40);
		send(1);
		assertThat(container.state().inFlight()).isZero();
		assertThat(available()).isEqualTo(41);
	}

	@Test
	void containersStopAtTheSameTime() {
		send(20);
		List<ServiceBusListenerContainer> containers = IntStream.range(0, 5)
			.mapToObj((i) -> start((options) -> options.concurrency(2).shutdownTimeout(Duration.ofSeconds(1)),
					(message, context) -> {
						this.begun.incrementAndGet();
						this.release.await();
					}))
			.toList();
		await().until(() -> this.begun.get() == 10);
		long began = System.nanoTime();
		List<CompletableFuture<Void>> stopped = new ArrayList<>();
		for (ServiceBusListenerContainer container : containers) {
			CompletableFuture<Void> end = new CompletableFuture<>();
			container.stop(() -> end.complete(null));
			stopped.add(end);
		}
		stopped.forEach((end) -> assertThat(end).succeedsWithin(Duration.ofSeconds(20)));
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(3_500));
	}

	@Test
	void listenerMayStopItsOwnContainer() {
		send(5);
		CompletableFuture<ServiceBusListenerContainer> own = new CompletableFuture<>();
		own.complete(start(UnaryOperator.identity(), (message, context) -> {
			this.begun.incrementAndGet();
			own.get(10, TimeUnit.SECONDS).stop();
		}));
		await().until(() -> !own.getNow(null).isRunning());
		assertThat(this.begun).hasValue(1);
		assertThat(this.emulator.queue("orders").messages()).hasSize(4);
		assertThat(this.monitor.events()).contains("stopped 0");
	}

	@Test
	void listenersThatSendAndSettleWithTheSameClientAreNotShortOfThreads() {
		int concurrency = 16;
		ServiceBusSender sender = this.client.sender("done");
		send(200);
		ServiceBusListenerContainer container = start(
				(options) -> options.concurrency(concurrency).settlement(SettlementMode.MANUAL), (message, context) -> {
					sender.send(ServiceBusMessage.of(message.bodyAsString()));
					context.settlement().complete().get(20, TimeUnit.SECONDS);
				});
		await().atMost(Duration.ofSeconds(60)).until(() -> this.emulator.queue("done").messages().size() == 200);
		container.stop();
		assertThat(this.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void listenerThatBlocksForEverCostsItsOwnMessageAndPermitOnly() {
		send(20);
		ServiceBusListenerContainer container = start(
				(options) -> options.concurrency(2).shutdownTimeout(Duration.ofMillis(200)), (message, context) -> {
					if (this.begun.getAndIncrement() == 0) {
						this.release.await();
					}
				});
		await().until(() -> this.emulator.queue("orders").messages().size() == 1);
		assertThat(container.state().receiving()).isTrue();
		container.stop();
		await().until(() -> available() == 1);
	}

	@Test
	void stopOnASilentConnectionEndsWithinTheDeadline() {
		send(2);
		ServiceBusListenerContainer container = start((options) -> options.shutdownTimeout(Duration.ofSeconds(1)),
				(message, context) -> {
					if (this.begun.incrementAndGet() == 1) {
						this.emulator.faults().blackHoleConnections();
					}
				});
		await().until(() -> this.begun.get() > 0);
		assertStopsWithinTwoSeconds(container);
	}

	@Test
	void stopWhileNothingCanBeConnectedEndsAtOnce() {
		this.emulator.faults().onConnect().always().refuse(FaultError.serverBusy());
		ServiceBusListenerContainer container = start((options) -> options.shutdownTimeout(Duration.ofSeconds(1)),
				(message, context) -> this.begun.incrementAndGet());
		assertStopsWithinTwoSeconds(container);
		this.emulator.faults().clear();
		send(1);
		assertThat(this.begun).hasValue(0);
		assertThat(available()).isOne();
	}

	private static void assertStopsWithinTwoSeconds(ServiceBusListenerContainer container) {
		long began = System.nanoTime();
		container.stop();
		container.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
		assertThat(container.isRunning()).isFalse();
	}

	private void hang(Set<Thread> interrupted) {
		try {
			this.release.await();
		}
		catch (InterruptedException ex) {
			interrupted.add(Thread.currentThread());
		}
	}

	private void send(int count) {
		ServiceBusSender sender = this.client.sender("orders");
		CompletableFuture
			.allOf(IntStream.range(0, count)
				.mapToObj((i) -> sender.sendAsync(ServiceBusMessage.of("m" + i)))
				.toArray(CompletableFuture[]::new))
			.orTimeout(30, TimeUnit.SECONDS)
			.join();
	}

	/** How many messages somebody else could have at once. */
	private long available() {
		return this.emulator.queue("orders").messages().stream().filter((message) -> !message.isLocked()).count();
	}

	private ServiceBusListenerContainer start(UnaryOperator<ListenerOptions.Builder> options,
			MessageListener listener) {
		ServiceBusListenerContainer container = new ServiceBusListenerContainer(
				new ListenerDefinition("orders", ListenerTarget.queue("orders"), listener, ErrorHandler.PROPOSED,
						options.apply(ListenerOptions.builder()).build()),
				new ContainerServices(this.client, this.threads.executor(), this.threads.scheduler(),
						RandomGenerator.getDefault(), this.monitor));
		container.start();
		return container;
	}

}
