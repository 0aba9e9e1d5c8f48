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
import dev.servicebus.emulator.store.MessageState;
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
 * Retries of an application on an emulator that outlives it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenerRetryTests {

	private static final BlockingQueue<String> CALLS = new LinkedBlockingQueue<>();

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder()
		.queue("orders", EntityOptions.builder().duplicateDetectionWindow(Duration.ofDays(1)).build())
		.topic("events")
		.subscription("events", "billing")
		.subscription("events", "audit")
		.queue("billing-retry")
		.build()
		.start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class))
		.withPropertyValues("servicebus.connection-string=" + this.emulator.connectionString());

	@AfterEach
	void close() {
		this.emulator.close();
		CALLS.clear();
	}

	@Test
	void attemptsSurviveARestartOfTheApplication() {
		ApplicationContextRunner application = this.runner.withUserConfiguration(Orders.class);
		application.run((context) -> {
			context.getBean(ServiceBusTemplate.class).send("orders", message("o1"));
			assertThat(nextCall()).isEqualTo("o1 attempt 1");
			awaitScheduled("orders");
		});
		this.emulator.clock().advance(Duration.ofHours(1));
		application.run((context) -> {
			assertThat(nextCall()).isEqualTo("o1 attempt 2");
			awaitScheduled("orders");
		});
		this.emulator.clock().advance(Duration.ofHours(1));
		application.run((context) -> {
			assertThat(nextCall()).isEqualTo("o1 attempt 3");
			assertThat(nextCall()).isEqualTo("o1 is given up: no stock");
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.emulator.queue("orders").deadLetters()).singleElement()
					.satisfies((message) -> assertThat(message.deadLetterReason())
						.isEqualTo("java.lang.IllegalStateException")));
		});
		assertThat(CALLS).isEmpty();
	}

	@Test
	void otherSubscriptionSeesNothingOfARetry() {
		ApplicationContextRunner application = this.runner.withUserConfiguration(Billing.class)
			.withPropertyValues("servicebus.listeners.billing.retry.queue=billing-retry");
		application.run((context) -> {
			context.getBean(ServiceBusTemplate.class).send("events", message("e1"));
			assertThat(nextCall()).isEqualTo("e1 attempt 1");
			awaitScheduled("billing-retry");
		});
		this.emulator.clock().advance(Duration.ofHours(1));
		application.run((context) -> {
			assertThat(nextCall()).isEqualTo("e1 attempt 2");
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.emulator.queue("billing-retry").deadLetters()).hasSize(1));
		});
		assertThat(this.emulator.subscription("events", "audit").messages()).hasSize(1);
		assertThat(this.emulator.subscription("events", "billing").messages()).isEmpty();
	}

	private void awaitScheduled(String queue) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.emulator.queue(queue).messages()).extracting("state")
				.isEqualTo(List.of(MessageState.SCHEDULED)));
	}

	private static String nextCall() throws InterruptedException {
		return CALLS.poll(20, TimeUnit.SECONDS);
	}

	private static ServiceBusMessage message(String id) {
		return ServiceBusMessage.builder().body("body").messageId(id).build();
	}

	static class Orders {

		@ServiceBusListener(queue = "orders", retry = "fixed 1h, attempts 3, jitter 0")
		void handle(ServiceBusReceivedMessage message, ListenerContext context) {
			CALLS.add(message.messageId() + " attempt " + context.attempt());
			throw new IllegalStateException("no stock");
		}

		@DeadLetterHandler
		void giveUp(ServiceBusReceivedMessage message, IllegalStateException error) {
			CALLS.add(message.messageId() + " is given up: " + error.getMessage());
		}

	}

	static class Billing {

		@ServiceBusListener(id = "billing", topic = "events", subscription = "billing",
				retry = "fixed 1h, attempts 2, jitter 0")
		void handle(ServiceBusReceivedMessage message, ListenerContext context) {
			CALLS.add(message.messageId() + " attempt " + context.attempt());
			throw new IllegalStateException("no stock");
		}

	}

}
