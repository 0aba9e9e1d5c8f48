package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real threads, random failures, lost locks and a stop in the middle: every message ends
 * in exactly one way.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContainerStressTests {

	private static final int MESSAGES = 5_000;

	private static final int CONCURRENCY = 6;

	private final long seed = new Random().nextLong();

	private final FakeClient client = new FakeClient();

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final Map<ServiceBusReceivedMessage, Boolean> lost = new ConcurrentHashMap<>();

	@RepeatedTest(5)
	void everyMessageEndsInExactlyOneWay() throws Exception {
		System.out.println("seed " + this.seed);
		ExecutorService threads = Executors.newCachedThreadPool();
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
		try {
			ServiceBusListenerContainer container = container(threads, timer);
			container.start();
			FakeSource source = this.client.source();
			List<ServiceBusReceivedMessage> published = publish(source);
			CompletableFuture<Void> stopped = new CompletableFuture<>();
			container.stop(() -> stopped.complete(null));
			stopped.get(30, TimeUnit.SECONDS);
			assertThat(this.running).hasValue(0);
			assertThat(this.most.get()).isLessThanOrEqualTo(CONCURRENCY);
			assertThat(container.isRunning()).isFalse();
			assertThat(source.settled()).doesNotHaveDuplicates()
				.noneMatch((settled) -> this.lost.containsKey(settled.message()));
			assertThat(source.settled().size() + this.lost.size() + source.backlog()).isEqualTo(published.size());
		}
		finally {
			threads.shutdown();
			timer.shutdownNow();
		}
	}

	private ServiceBusListenerContainer container(ExecutorService threads, ScheduledExecutorService timer) {
		ListenerOptions options = ListenerOptions.builder()
			.concurrency(CONCURRENCY)
			.prefetch(20)
			.retry(RetryOptions.builder().maxAttempts(3).delay(Duration.ofMillis(1)).build())
			.build();
		return new ServiceBusListenerContainer(
				new ListenerDefinition("orders", ListenerTarget.queue("orders"), this::handle, ErrorHandler.PROPOSED,
						options),
				new ContainerServices(this.client, threads,
						(delay, task) -> timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS),
						RandomGenerator.getDefault(), new RecordingMonitor()));
	}

	private List<ServiceBusReceivedMessage> publish(FakeSource source) {
		Random random = new Random(this.seed);
		List<ServiceBusReceivedMessage> published = new ArrayList<>();
		for (int i = 0; i < MESSAGES; i++) {
			ServiceBusReceivedMessage message = FakeClient.message(String.valueOf(random.nextInt(10)));
			published.add(message);
			source.publish(message);
		}
		return published;
	}

	private void handle(ServiceBusReceivedMessage message, ListenerContext context) {
		this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		try {
			switch (message.bodyAsString()) {
				case "0" -> throw new IllegalStateException("always");
				case "1" -> {
					if (context.attempt() == 1) {
						throw new IllegalStateException("once");
					}
				}
				case "2" -> {
					this.lost.put(message, true);
					this.client.source().loseLock(message);
				}
				case "3" -> context.settlement().defer();
				case "4" -> context.settleAfter(CompletableFuture.runAsync(Thread::yield));
				default -> Thread.yield();
			}
		}
		finally {
			this.running.decrementAndGet();
		}
	}

}
