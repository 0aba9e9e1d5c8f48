package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.EntityView;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.ServiceBusTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How messages wait for their next attempt, in an application with the emulator and by
 * its clock.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DelayedRetryFeaturesTests {

	private static final Duration SHORT = Duration.ofSeconds(30);

	private static final Duration LONG = Duration.ofMinutes(3);

	private static final EntityOptions OPTIONS = EntityOptions.builder().lockDuration(Duration.ofMinutes(5)).build();

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder()
		.queue("orders", OPTIONS.mutate().duplicateDetectionWindow(Duration.ofDays(1)).build())
		.topic("events")
		.subscription("events", "billing", OPTIONS)
		.subscription("events", "audit", OPTIONS)
		.build()
		.start();

	private final EmulatorTime time = new EmulatorTime(this.emulator);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class))
		.withUserConfiguration(EmulatorTimeConfiguration.class)
		.withBean(EmulatorTime.class, () -> this.time)
		.withPropertyValues("servicebus.connection-string=" + this.emulator.connectionString());

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void shortWaitIsUnderTheLock() {
		this.runner.withBean(Orders.class).withPropertyValues("retry=fixed 30s").run((context) -> {
			Orders orders = context.getBean(Orders.class);
			send(context.getBean(ServiceBusTemplate.class), "orders", "o1");
			assertThat(orders.next()).isEqualTo("o1 attempt 1");
			this.time.awaitTask(SHORT);
			assertWaitsUnderItsLock(this.emulator.queue("orders"));
			this.time.advance(SHORT.minusMillis(1));
			assertThat(orders.calls).isEmpty();
			this.time.advance(Duration.ofMillis(1));
			assertThat(orders.next()).isEqualTo("o1 attempt 2");
			awaitDeadLetter(this.emulator.queue("orders"));
		});
	}

	@Test
	void longWaitOfAQueueIsThatOfACopyWithAnIdOfItsOwnAndSurvivesARestart() {
		ApplicationContextRunner application = this.runner.withBean(Orders.class).withPropertyValues("retry=fixed 3m");
		application.run((context) -> {
			send(context.getBean(ServiceBusTemplate.class), "orders", "o1");
			assertThat(context.getBean(Orders.class).next()).isEqualTo("o1 attempt 1");
			Awaitility.await().until(() -> this.emulator.queue("orders").counts().scheduled() == 1);
			assertThat(this.emulator.queue("orders").messages()).singleElement()
				.satisfies((message) -> assertThat(message.messageId()).asString().startsWith("o1-retry-1-"));
		});
		this.time.advance(LONG);
		application.run((context) -> {
			assertThat(context.getBean(Orders.class).next()).isEqualTo("o1 attempt 2");
			awaitDeadLetter(this.emulator.queue("orders"));
		});
	}

	@Test
	void longWaitOfASubscriptionIsUnderTheLockWithoutARetryQueue() {
		this.runner.withBean(Billing.class).run((context) -> {
			Billing billing = context.getBean(Billing.class);
			send(context.getBean(ServiceBusTemplate.class), "events", "e1");
			assertThat(billing.next()).isEqualTo("e1 attempt 1");
			this.time.awaitTask(LONG);
			assertWaitsUnderItsLock(this.emulator.subscription("events", "billing"));
			this.time.advance(LONG);
			assertThat(billing.next()).isEqualTo("e1 attempt 2");
			awaitDeadLetter(this.emulator.subscription("events", "billing"));
			assertThat(this.emulator.subscription("events", "audit").messages()).as("nothing was sent to the topic")
				.hasSize(1);
		});
	}

	private static void assertWaitsUnderItsLock(EntityView entity) {
		assertThat(entity.counts().locked()).isOne();
		assertThat(entity.counts().scheduled()).isZero();
	}

	private static void awaitDeadLetter(EntityView entity) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(entity.deadLetters()).singleElement()
				.satisfies((message) -> assertThat(message.deadLetterErrorDescription()).isEqualTo("no stock")));
	}

	private static void send(ServiceBusTemplate template, String entity, String id) {
		template.send(entity, ServiceBusMessage.builder().body("body").messageId(id).build());
	}

	private abstract static class Failing {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		void fail(ServiceBusReceivedMessage message, ListenerContext context) {
			this.calls.add(message.messageId() + " attempt " + context.attempt());
			throw new IllegalStateException("no stock");
		}

		String next() throws InterruptedException {
			return this.calls.poll(20, TimeUnit.SECONDS);
		}

	}

	static class Orders extends Failing {

		@ServiceBusListener(queue = "orders", retry = "${retry}, attempts 2, jitter 0")
		void handle(ServiceBusReceivedMessage message, ListenerContext context) {
			fail(message, context);
		}

	}

	static class Billing extends Failing {

		@ServiceBusListener(topic = "events", subscription = "billing", retry = "fixed 3m, attempts 2, jitter 0")
		void handle(ServiceBusReceivedMessage message, ListenerContext context) {
			fail(message, context);
		}

	}

}
