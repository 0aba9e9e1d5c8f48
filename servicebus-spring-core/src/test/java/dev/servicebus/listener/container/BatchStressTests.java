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
import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Batches on real threads, with failures of one or all of their messages, lost locks and
 * a stop in the middle: every message ends in exactly one way.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchStressTests {

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
			.batch((batch) -> batch.withSize(7).withMaxWait(Duration.ofMillis(2)))
			.retry(RetryOptions.builder().maxAttempts(3).delay(Duration.ofMillis(1)).build())
			.build();
		return new ServiceBusListenerContainer(
				new ListenerDefinition("orders", ListenerTarget.queue("orders"), (BatchMessageListener) this::handle,
						ErrorHandler.PROPOSED, options),
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

	private void handle(List<ServiceBusReceivedMessage> messages, BatchContext batch) {
		this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		try {
			for (int index = 0; index < messages.size(); index++) {
				handle(messages.get(index), batch, index);
			}
		}
		finally {
			this.running.decrementAndGet();
		}
	}

	private void handle(ServiceBusReceivedMessage message, BatchContext batch, int index) {
		switch (message.bodyAsString()) {
			case "0" -> throw new BatchListenerFailedException(index, new IllegalStateException("always"));
			case "1" -> {
				if (batch.messages().get(index).attempt() == 1) {
					throw new IllegalStateException("once");
				}
			}
			case "2" -> {
				if (this.lost.put(message, true) == null) {
					this.client.source().loseLock(message);
				}
			}
			case "3" -> batch.settlement().get(index).defer();
			case "4" -> batch.settleAfter(CompletableFuture.runAsync(Thread::yield));
			case "5" -> batch.fail(index, new IllegalStateException("reported"));
			default -> Thread.yield();
		}
	}

}
