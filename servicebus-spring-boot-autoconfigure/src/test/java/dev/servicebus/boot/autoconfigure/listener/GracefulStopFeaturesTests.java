package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Applications that end while their listeners are busy. The emulator outlives them.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class GracefulStopFeaturesTests {

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder()
		.queue("orders")
		.queue("slow-1")
		.queue("slow-2")
		.queue("slow-3")
		.build()
		.start();

	private final Orders orders = new Orders();

	private final ListenerApplication application = ListenerApplication.of()
		.with("servicebus.connection-string=" + this.emulator.connectionString())
		.change((runner) -> runner.withBean(Orders.class, () -> this.orders));

	@AfterEach
	void close() {
		this.orders.turnstile.open();
		this.emulator.close();
	}

	@Test
	void applicationEndsWithinTheDeadlineAndLeavesEveryMessageThatIsNotDone() {
		this.application
			.with("servicebus.listeners.orders.concurrency=100", "servicebus.listeners.orders.prefetch=100",
					"servicebus.listener.shutdown-timeout=1s")
			.run((application) -> {
				application.send("orders", IntStream.range(0, 300).boxed().toArray());
				this.orders.turnstile.awaitBegun(100);
				await().until(() -> application.container("orders").state().inFlight() == 200);
				assertThat(timeToStop(application)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
				assertThat(this.orders.interrupted).hasValue(0);
			});
		await().untilAsserted(() -> assertThat(this.emulator.queue("orders").messages()).hasSize(300)
			.noneMatch(StoredMessage::isLocked)
			.allMatch((message) -> message.deliveryCount() == 0));
		assertThat(this.orders.turnstile.begun()).isEqualTo(100);
	}

	@Test
	void listenersMayEndWhatTheyHaveAndNoneBeginsAfterTheStop() {
		this.application.with("servicebus.listeners.orders.concurrency=10", "servicebus.listeners.orders.prefetch=20")
			.run((application) -> {
				application.send("orders", IntStream.range(0, 50).boxed().toArray());
				this.orders.turnstile.awaitBegun(10);
				CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
				await().until(() -> available("orders") == 40);
				assertThat(closed).isNotDone();
				this.orders.turnstile.open();
				assertThat(closed).succeedsWithin(RunningApplication.PATIENCE);
			});
		assertThat(this.orders.turnstile.begun()).isEqualTo(10);
		assertThat(this.emulator.queue("orders").messages()).hasSize(40)
			.noneMatch(StoredMessage::isLocked)
			.allMatch((message) -> message.deliveryCount() == 0);
	}

	@Test
	void stopFromManyThreadsIsOneStop() {
		this.application.with("servicebus.listeners.orders.concurrency=2").run((application) -> {
			application.send("orders", 1, 2, 3);
			this.orders.turnstile.awaitBegun(2);
			ServiceBusListenerContainer container = application.container("orders");
			List<CompletableFuture<Void>> stops = IntStream.range(0, 8)
				.mapToObj((i) -> CompletableFuture
					.runAsync(() -> container.stop(() -> this.orders.stops.incrementAndGet())))
				.toList();
			stops.forEach((stop) -> assertThat(stop).succeedsWithin(RunningApplication.PATIENCE));
			assertThat(this.orders.stops).hasValue(0);
			this.orders.turnstile.open();
			await().until(() -> this.orders.stops.get() == 8);
			assertThat(container.isRunning()).isFalse();
			assertThat(this.emulator.queue("orders").messages()).hasSize(1);
		});
	}

	@Test
	void containersStopAtTheSameTime() {
		this.application.with("servicebus.listener.shutdown-timeout=2s").run((application) -> {
			for (String queue : List.of("orders", "slow-1", "slow-2", "slow-3")) {
				application.send(queue, 1);
			}
			this.orders.turnstile.awaitBegun(4);
			assertThat(timeToStop(application)).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(7));
		});
	}

	private static Duration timeToStop(RunningApplication application) {
		long began = System.nanoTime();
		application.stop();
		return Duration.ofNanos(System.nanoTime() - began);
	}

	private long available(String queue) {
		return this.emulator.queue(queue).messages().stream().filter((message) -> !message.isLocked()).count();
	}

	static class Orders {

		final Turnstile turnstile = new Turnstile();

		final AtomicInteger interrupted = new AtomicInteger();

		final AtomicInteger stops = new AtomicInteger();

		@ServiceBusListener(id = "orders", queue = "orders")
		void handle(int number) {
			try {
				this.turnstile.pass();
			}
			catch (InterruptedException ex) {
				this.interrupted.incrementAndGet();
			}
		}

		@ServiceBusListener(id = "slow", queue = { "slow-1", "slow-2", "slow-3" })
		void handleSlowly(int number) {
			handle(number);
		}

	}

}
