package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.listener.event.ListenerEvent;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of messages whose listeners fail, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenerErrorTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withBean(Failures.class);

	@Test
	void messageIsAlwaysCompleted() {
		this.runner.withBean(Telemetry.class).run(ListenerErrorTests::assertCompleted);
		this.runner.withBean(PlainTelemetry.class)
			.withPropertyValues("servicebus.listeners.telemetry.settlement=always")
			.run(ListenerErrorTests::assertCompleted);
	}

	private static void assertCompleted(AssertableApplicationContext context) throws InterruptedException {
		context.getBean(ServiceBusTemplate.class).send("telemetry", "temperature");
		assertThat(context.getBean(Failures.class).next()).isEqualTo("Complete after attempt 1: no sensor");
		ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
		await().atMost(PATIENCE).until(() -> emulator.queue("telemetry").messages().isEmpty());
		assertThat(emulator.queue("telemetry").deadLetters()).isEmpty();
	}

	static class Telemetry {

		@ServiceBusListener(queue = "telemetry", settlement = "always")
		void handle(String value) {
			throw new IllegalStateException("no sensor");
		}

	}

	static class PlainTelemetry {

		@ServiceBusListener(queue = "telemetry", id = "telemetry")
		void handle(String value) {
			throw new IllegalStateException("no sensor");
		}

	}

	static class Failures {

		private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		@EventListener
		void on(ListenerEvent.HandlingFailed event) {
			this.events.add(event.outcome().getClass().getSimpleName() + " after attempt " + event.failure().attempt()
					+ ": " + event.failure().error().getMessage());
		}

		String next() throws InterruptedException {
			return this.events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}

	}

}
