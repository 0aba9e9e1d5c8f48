package dev.servicebus.listener.container;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.message.ServiceBusMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A thousand handlers at once on virtual threads. Skipped before Java 21, which has none.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class VirtualThreadTests {

	private static final int CONCURRENCY = 1_000;

	/** Carriers of virtual threads, and what the virtual machine and its tools start. */
	private static final int OTHER_THREADS = 50;

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final CountDownLatch release = new CountDownLatch(1);

	private final AtomicInteger busy = new AtomicInteger();

	@BeforeEach
	void virtualThreadsAreThere() {
		assumeTrue(Runtime.version().feature() >= 21, "there are no virtual threads before Java 21");
	}

	@Test
	void thousandHandlersTakeNoPlatformThreads() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("handler-");
		executor.setVirtualThreads(true);
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().queue("orders").build().start();
				ServiceBusClient client = ServiceBusClient.builder()
					.connectionString(emulator.connectionString())
					.build();
				ListenerThreads threads = ListenerThreads.of(executor)) {
			client.sender("orders")
				.send(IntStream.range(0, CONCURRENCY)
					.mapToObj((number) -> ServiceBusMessage.of("order " + number))
					.toList());
			int before = platformThreads();
			ServiceBusListenerContainer container = container(client, threads);
			container.start();
			Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(this.busy).hasValue(CONCURRENCY));
			int more = platformThreads() - before;
			this.release.countDown();

			assertThat(more).as("platform threads for %d busy handlers", CONCURRENCY).isLessThan(OTHER_THREADS);
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(emulator.queue("orders").messages()).isEmpty());
			container.stop();
		}
	}

	private ServiceBusListenerContainer container(ServiceBusClient client, ListenerThreads threads) {
		ListenerDefinition definition = new ListenerDefinition("listener", ListenerTarget.queue("orders"),
				(message, context) -> {
					this.busy.incrementAndGet();
					this.release.await();
				}, ErrorHandler.PROPOSED, ListenerOptions.builder().concurrency(CONCURRENCY).build());
		return new ServiceBusListenerContainer(definition, new ContainerServices(client, threads.executor(),
				threads.scheduler(), ThreadLocalRandom.current(), new RecordingMonitor()));
	}

	/** Virtual threads do not count. */
	private static int platformThreads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

}
