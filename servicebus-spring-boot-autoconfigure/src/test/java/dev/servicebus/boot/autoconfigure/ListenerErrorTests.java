package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.FailureProperties;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.event.ListenerEvent;
import dev.servicebus.message.ServiceBusReceivedMessage;
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

	@Test
	void errorHandlerOfAListenerAnswersTheRequest() {
		this.runner.withBean(Prices.class)
			.withBean("soldOut", ErrorHandler.class, () -> ErrorHandler.byType()
				.on(NoSuchElementException.class, (failure) -> Outcome.reply("no " + failure.message().bodyAsString())))
			.withPropertyValues("servicebus.template.reply.queue=replies")
			.run((context) -> {
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				assertThat(template.request("prices", "apple", String.class)).isEqualTo("5");
				assertThat(template.request("prices", "fig", String.class)).isEqualTo("no fig");
				assertThat(context.getBean(Failures.class).next()).isEqualTo("Reply after attempt 1: fig");
				ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
				await().atMost(PATIENCE).until(() -> emulator.queue("prices").messages().isEmpty());
				assertThat(emulator.queue("prices").deadLetters()).isEmpty();
			});
	}

	@Test
	void everyAttemptIsToldAndSoIsItsEnd() {
		this.runner.withBean(Weak.class)
			.withBean(Attempts.class)
			.withPropertyValues("servicebus.listener.retry.max-attempts=3", "servicebus.listener.retry.delay=10ms")
			.run((context) -> {
				Failures failures = context.getBean(Failures.class);
				context.getBean(ServiceBusTemplate.class).send("weak", "twice");
				assertThat(failures.next()).isEqualTo("RetryAfter after attempt 1: twice");
				assertThat(failures.next()).isEqualTo("RetryAfter after attempt 2: twice");
				BlockingQueue<String> attempts = context.getBean(Attempts.class).ends;
				assertThat(attempts.poll(20, TimeUnit.SECONDS)).isEqualTo("1: java.lang.IllegalStateException: twice");
				assertThat(attempts.poll(20, TimeUnit.SECONDS)).isEqualTo("2: java.lang.IllegalStateException: twice");
				assertThat(attempts.poll(20, TimeUnit.SECONDS)).isEqualTo("3: null");
				context.getBean(ServiceBusTemplate.class).send("weak", "always");
				assertThat(failures.next()).isEqualTo("RetryAfter after attempt 1: always");
				assertThat(failures.next()).isEqualTo("RetryAfter after attempt 2: always");
				assertThat(failures.next()).isEqualTo("DeadLetter after attempt 3: always");
			});
	}

	@Test
	void errorHandlerStopsItsListenerAndNoOther() {
		this.runner.withBean(Weak.class)
			.withBean(Prices.class)
			.withBean("soldOut", ErrorHandler.class,
					() -> ErrorHandler.byType().on(NoSuchElementException.class, Outcome.stopContainer()))
			.run((context) -> {
				context.getBean(ServiceBusTemplate.class).send("prices", "fig");
				assertThat(context.getBean(Failures.class).next()).isEqualTo("StopContainer after attempt 1: fig");
				ServiceBusListenerEndpointRegistry registry = context.getBean(ServiceBusListenerEndpointRegistry.class);
				ServiceBusListenerContainer prices = registry.getListenerContainer("prices");
				await().atMost(PATIENCE).until(() -> !prices.isRunning());
				assertThat(prices.state().fatalError()).isInstanceOf(NoSuchElementException.class);
				assertThat(registry.getListenerContainer("weak").isRunning()).isTrue();
				assertThat(context.getBean(ServiceBusEmulator.class).queue("prices").messages()).singleElement()
					.satisfies((message) -> assertThat(message.isLocked()).isFalse());
			});
	}

	@Test
	void deadLetterTellsWhatHasHappenedAndPropertiesSayWhatIsNotRetried() {
		this.runner.withBean(Prices.class)
			.withBean("soldOut", ErrorHandler.class, () -> ErrorHandler.PROPOSED)
			.withPropertyValues("servicebus.listeners.prices.retry.not-retryable=java.util.NoSuchElementException")
			.run((context) -> {
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				template.send("prices", "fig");
				assertThat(context.getBean(Failures.class).next()).isEqualTo("DeadLetter after attempt 1: fig");
				List<ServiceBusReceivedMessage> dead = template.receiveMessages("prices/$DeadLetterQueue", 1, PATIENCE);
				assertThat(dead).singleElement().satisfies((message) -> {
					assertThat(message.deadLetterReason()).isEqualTo("java.util.NoSuchElementException");
					assertThat(message.deadLetterErrorDescription()).isEqualTo("fig");
					assertThat(message.applicationProperties()).containsEntry(FailureProperties.FAILURE_ATTEMPTS, 1)
						.containsEntry(FailureProperties.FAILURE_LISTENER, "prices")
						.containsEntry(FailureProperties.FAILURE_SOURCE, "prices")
						.containsEntry(FailureProperties.FAILURE_EXCEPTION, "java.util.NoSuchElementException");
					assertThat((String) message.applicationProperties().get(FailureProperties.FAILURE_STACK_TRACE))
						.contains("ListenerErrorTests$Prices.price");
				});
			});
	}

	static class Prices {

		@ServiceBusListener(queue = "prices", id = "prices", errorHandler = "soldOut")
		String price(String fruit) {
			if (fruit.equals("fig")) {
				throw new NoSuchElementException(fruit);
			}
			return String.valueOf(fruit.length());
		}

	}

	static class Weak {

		@ServiceBusListener(queue = "weak", id = "weak")
		void handle(String body, ListenerContext context) {
			if (body.equals("always") || context.attempt() < 3) {
				throw new IllegalStateException(body);
			}
		}

	}

	static class Attempts implements ListenerInterceptor {

		final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

		@Override
		public void after(ServiceBusReceivedMessage message, ListenerContext context, Throwable error) {
			this.ends.add(context.attempt() + ": " + error);
		}

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
