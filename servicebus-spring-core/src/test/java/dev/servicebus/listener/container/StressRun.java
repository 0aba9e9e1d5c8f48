package dev.servicebus.listener.container;

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

import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gives a listener messages on real threads, stops it in the middle, and sees to it that
 * every message has ended in exactly one way. The text of a message is a random digit
 * that says what its listener does with it.
 */
final class StressRun {

	private static final int MESSAGES = 5_000;

	private final long seed = new Random().nextLong();

	private final FakeClient client = new FakeClient();

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final Map<ServiceBusReceivedMessage, Boolean> lost = new ConcurrentHashMap<>();

	/**
	 * Runs a listener.
	 * @param concurrency how many calls there may be at once
	 */
	void run(ListenerDefinition listener, int concurrency) throws Exception {
		System.out.println("seed " + this.seed);
		ExecutorService threads = Executors.newCachedThreadPool();
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
		try {
			ServiceBusListenerContainer container = new ServiceBusListenerContainer(listener,
					new ContainerServices(this.client, threads,
							(delay, task) -> timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS),
							RandomGenerator.getDefault(), new RecordingMonitor()));
			container.start();
			FakeSource source = this.client.source();
			List<ServiceBusReceivedMessage> published = publish(source);
			CompletableFuture<Void> stopped = new CompletableFuture<>();
			container.stop(() -> stopped.complete(null));
			stopped.get(30, TimeUnit.SECONDS);
			assertThat(this.running).hasValue(0);
			assertThat(this.most.get()).isLessThanOrEqualTo(concurrency);
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

	/**
	 * Counts a call of the listener.
	 */
	void call(Runnable call) {
		this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		try {
			call.run();
		}
		finally {
			this.running.decrementAndGet();
		}
	}

	/**
	 * Lets the lock of a message be lost, once.
	 */
	void loseLock(ServiceBusReceivedMessage message) {
		if (this.lost.put(message, true) == null) {
			this.client.source().loseLock(message);
		}
	}

}
