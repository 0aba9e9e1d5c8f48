package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Batches of sessions on real threads and sockets, in two containers of which one stops
 * and starts, with listeners that fail at random places.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SessionBatchStressTests {

	private static final int SESSIONS = 20;

	private static final int MESSAGES = 100;

	private final long seed = new Random().nextLong();

	private final Random random = new Random(this.seed);

	private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();

	private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder()
		.queue("orders", EntityOptions.builder().requiresSession(true).maxDeliveryCount(1000).build())
		.build()
		.start();

	private final ServiceBusClient client = ServiceBusClient.builder()
		.connectionString(this.emulator.connectionString())
		.build();

	private final ListenerThreads threads = ListenerThreads.platform();

	@Test
	void orderOfEverySessionIsKept() {
		List<ServiceBusListenerContainer> containers = List.of(container("one"), container("two"));
		containers.forEach(ServiceBusListenerContainer::start);
		try {
			send();
			for (int round = 0; round < 5; round++) {
				containers.get(0).stop();
				containers.get(0).start();
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(90))
				.until(() -> this.emulator.queue("orders").messages().isEmpty());
		}
		finally {
			containers.forEach(ServiceBusListenerContainer::stop);
			this.threads.close();
			this.client.close();
			this.emulator.close();
		}
		assertThat(this.violations).as("seed %s", this.seed).isEmpty();
		assertThat(this.done.values()).as("seed %s", this.seed)
			.hasSize(SESSIONS)
			.allSatisfy((count) -> assertThat(count).hasValue(MESSAGES));
	}

	private void send() {
		for (int number = 1; number <= MESSAGES; number++) {
			List<ServiceBusMessage> messages = new ArrayList<>();
			for (int session = 0; session < SESSIONS; session++) {
				messages
					.add(ServiceBusMessage.builder().body(Integer.toString(number)).sessionId("s" + session).build());
			}
			messages.forEach((message) -> this.client.sender("orders").sendAsync(message));
		}
	}

	private void handle(List<ServiceBusReceivedMessage> messages, BatchContext context) {
		String session = messages.get(0).sessionId();
		AtomicInteger count = this.done.computeIfAbsent(session, (id) -> new AtomicInteger());
		int failed = (chance(4)) ? below(messages.size()) : -1;
		for (int index = 0; index < messages.size(); index++) {
			if (index == failed) {
				throw new BatchListenerFailedException(index, new IllegalStateException("random"));
			}
			int number = Integer.parseInt(messages.get(index).bodyAsString());
			int before = count.get();
			if (number > before + 1 || !messages.get(index).sessionId().equals(session)) {
				this.violations.add(messages.get(index).sessionId() + ": " + number + " after " + before);
			}
			if (!context.messages().get(index).isLockLost()) {
				count.accumulateAndGet(number, Math::max);
			}
		}
	}

	private Outcome decide(ListenerFailure failure) {
		return chance(3) ? Outcome.abandon() : failure.proposal();
	}

	private synchronized boolean chance(int of) {
		return this.random.nextInt(of) == 0;
	}

	private synchronized int below(int bound) {
		return this.random.nextInt(bound);
	}

	private ServiceBusListenerContainer container(String id) {
		BatchMessageListener listener = this::handle;
		ErrorHandler errorHandler = this::decide;
		ListenerOptions options = ListenerOptions.builder()
			.sessions(SessionOptions.ENABLED.withIdleTimeout(Duration.ofMillis(100)))
			.concurrency(4)
			.prefetch(10)
			.batch((batch) -> batch.withSize(7).withMaxWait(Duration.ofMillis(10)))
			.retry((retry) -> retry.mutate().maxAttempts(1000).delay(Duration.ofMillis(3)).jitter(0.5).build())
			.build();
		return new ServiceBusListenerContainer(
				new ListenerDefinition(id, ListenerTarget.queue("orders"), listener, errorHandler, options),
				new ContainerServices(this.client, this.threads.executor(), this.threads.scheduler(), new Random(),
						new RecordingMonitor()));
	}

}
