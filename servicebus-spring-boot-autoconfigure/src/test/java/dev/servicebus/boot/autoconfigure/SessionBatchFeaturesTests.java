package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.client.SessionCannotBeLockedException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.SessionState;
import dev.servicebus.template.ServiceBusTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners that take batches of sessions, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionBatchFeaturesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder()
		.queue("baskets", EntityOptions.builder().requiresSession(true).build())
		.build()
		.start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class))
		.withPropertyValues("servicebus.connection-string=" + this.emulator.connectionString(),
				"servicebus.listener.session.idle-timeout=500ms");

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void batchIsOfOneSessionAndItsStateIsKept() {
		this.runner.withBean(Baskets.class).run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			for (int i = 1; i <= 6; i++) {
				template.to("baskets").body(i).sessionId("s1").send();
				template.to("baskets").body(10 * i).sessionId("s2").send();
			}
			Baskets baskets = context.getBean(Baskets.class);
			assertThat(List.of(baskets.next(), baskets.next(), baskets.next(), baskets.next()))
				.containsExactlyInAnyOrder("s1 [1, 2, 3]", "s2 [10, 20, 30]", "s1 [4, 5, 6]", "s2 [40, 50, 60]")
				.containsSubsequence("s1 [1, 2, 3]", "s1 [4, 5, 6]");
			awaitMessages(0);
			context.getSourceApplicationContext().stop();
			awaitState(template, "s1", 21);
			awaitState(template, "s2", 210);
		});
	}

	@Test
	void failedMessageHoldsUpThoseBehindItInItsSession() {
		this.runner.withBean(Baskets.class).run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			for (int i : List.of(1, -1, 3)) {
				template.to("baskets").body(i).sessionId("s1").send();
			}
			Baskets baskets = context.getBean(Baskets.class);
			assertThat(baskets.next()).isEqualTo("s1 [1, -1, 3]");
			assertThat(baskets.next()).isEqualTo("s1 [-1, 3]");
			assertThat(baskets.next()).isEqualTo("s1 [3]");
			awaitMessages(0);
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(this.emulator.queue("baskets").deadLetters()).hasSize(1));
			context.getSourceApplicationContext().stop();
			awaitState(template, "s1", 4);
		});
	}

	private static void awaitState(ServiceBusTemplate template, String sessionId, int total) {
		Awaitility.await()
			.atMost(PATIENCE)
			.ignoreException(SessionCannotBeLockedException.class)
			.untilAsserted(() -> assertThat(template.getSessionState("baskets", sessionId, Sum.class))
				.isEqualTo(new Sum(total)));
	}

	private void awaitMessages(int number) {
		Awaitility.await().atMost(PATIENCE).until(() -> this.emulator.queue("baskets").messages().size() == number);
	}

	static class Baskets {

		private final BlockingQueue<String> batches = new LinkedBlockingQueue<>();

		@ServiceBusListener(queue = "baskets", sessions = "true", concurrency = "2", batch = "3, 3s",
				retry = "fixed 100ms, attempts 2")
		void add(List<Integer> numbers, ServiceBusSession session, SessionState<Sum> state) {
			this.batches.add(session.sessionId() + " " + numbers);
			Sum before = state.get();
			int sum = (before != null) ? before.total() : 0;
			for (int index = 0; index < numbers.size(); index++) {
				if (numbers.get(index) < 0) {
					throw new BatchListenerFailedException(index, new IllegalArgumentException("negative"));
				}
				sum += numbers.get(index);
				state.set(new Sum(sum));
			}
		}

		String next() throws InterruptedException {
			return this.batches.poll(30, TimeUnit.SECONDS);
		}

	}

	record Sum(int total) {

	}

}
