package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.DeadLetterHandler;
import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchSettlement;
import dev.servicebus.template.ServiceBusTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of single messages of batches, in an application with the emulator and by
 * its clock.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchRetryFeaturesTests {

	private static final Duration MAX_WAIT = Duration.ofSeconds(5);

	private static final Duration RETRY = Duration.ofHours(1);

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder()
		.queue("fruit", EntityOptions.builder().duplicateDetectionWindow(Duration.ofDays(1)).build())
		.queue("juice")
		.build()
		.start();

	private final EmulatorTime time = new EmulatorTime(this.emulator);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class))
		.withUserConfiguration(EmulatorTimeConfiguration.class)
		.withBean(EmulatorTime.class, () -> this.time)
		.withPropertyValues("servicebus.connection-string=" + this.emulator.connectionString(),
				"servicebus.cross-entity-transactions=true");

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void failedMessageOfABatchWaitsAsACopyAndIsGivenUpByTheDeadLetterHandler() {
		this.runner.withBean(Fruit.class).run((context) -> {
			Fruit fruit = context.getBean(Fruit.class);
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.sendAll("fruit", List.of("apple", "worm", "pear"));
			assertThat(fruit.next()).isEqualTo("[apple, worm, pear] 1");
			this.time.awaitTask(MAX_WAIT);
			this.time.advance(MAX_WAIT);
			assertThat(fruit.next()).isEqualTo("[pear] 1");
			Awaitility.await().untilAsserted(() -> {
				assertThat(this.emulator.queue("fruit").counts().scheduled()).isOne();
				assertThat(this.emulator.queue("fruit").messages()).hasSize(1);
			});
			this.time.advance(RETRY);
			this.time.awaitTask(MAX_WAIT);
			this.time.advance(MAX_WAIT);
			assertThat(fruit.next()).isEqualTo("[worm] 2");
			assertThat(fruit.next()).isEqualTo("given up: worm, it is alive");
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.emulator.queue("fruit").deadLetters()).singleElement()
					.satisfies((message) -> assertThat(message.deadLetterErrorDescription()).isEqualTo("it is alive")));
		});
	}

	@Test
	void batchIsCollectedByTheClock() {
		this.runner.withBean(Fruit.class).run((context) -> {
			Fruit fruit = context.getBean(Fruit.class);
			context.getBean(ServiceBusTemplate.class).sendAll("fruit", List.of("apple", "pear"));
			this.time.awaitTask(MAX_WAIT);
			this.time.advance(MAX_WAIT.minusMillis(1));
			assertThat(fruit.calls.poll(200, TimeUnit.MILLISECONDS)).isNull();
			this.time.advance(Duration.ofMillis(1));
			assertThat(fruit.next()).isEqualTo("[apple, pear] 1");
		});
	}

	@Test
	void transactionalBatchIsAllOrNothing() {
		this.runner.withBean(Press.class).run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			Press press = context.getBean(Press.class);
			template.sendAll("fruit", List.of("apple", "pear", "plum"));
			assertThat(press.next()).isEqualTo("[apple, pear, plum]");
			this.time.awaitTask(Duration.ofSeconds(10));
			assertThat(this.emulator.queue("juice").messages()).isEmpty();
			assertThat(this.emulator.queue("fruit").messages()).hasSize(3);
			this.time.advance(Duration.ofSeconds(10));
			assertThat(press.next()).isEqualTo("[apple, pear, plum]");
			Awaitility.await().until(() -> this.emulator.queue("fruit").messages().isEmpty());
			assertThat(template.peek("juice", 10)).hasSize(2);
			assertThat(this.emulator.queue("fruit").deadLetters()).hasSize(1);
		});
	}

	static class Fruit {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		@ServiceBusListener(queue = "fruit", batch = "3, 5s", retry = "fixed 1h, attempts 2, jitter 0")
		void handle(List<String> fruits, BatchContext batch) {
			this.calls.add(fruits + " " + batch.messages().get(0).attempt());
			int worm = fruits.indexOf("worm");
			if (worm >= 0) {
				throw new BatchListenerFailedException(worm, new IllegalStateException("it is alive"));
			}
		}

		@DeadLetterHandler
		void giveUp(String fruit, IllegalStateException error) {
			this.calls.add("given up: " + fruit + ", " + error.getMessage());
		}

		String next() throws InterruptedException {
			return this.calls.poll(20, TimeUnit.SECONDS);
		}

	}

	static class Press {

		private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		private final ServiceBusTemplate template;

		private int number;

		Press(ServiceBusTemplate template) {
			this.template = template;
		}

		@ServiceBusListener(queue = "fruit", batch = "3, 5s", transactional = "true",
				retry = "fixed 10s, attempts 3, jitter 0")
		void handle(List<String> fruits, BatchSettlement settlement) {
			this.calls.add(fruits.toString());
			this.number++;
			settlement.get(0).deadLetter("sour", "too sour");
			this.template.send("juice", fruits.get(1));
			this.template.send("juice", fruits.get(2));
			if (this.number == 1) {
				throw new IllegalStateException("the press is broken");
			}
		}

		String next() throws InterruptedException {
			return this.calls.poll(20, TimeUnit.SECONDS);
		}

	}

}
