package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusHandler;
import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.converter.MessageTypes;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.listener.SessionState;
import dev.servicebus.listener.invoke.NoHandlerException;
import dev.servicebus.template.ServiceBusTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listener classes in an application with the emulator: what the template sends reaches
 * the method that is for it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenerClassTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withBean(MessageTypes.class,
				() -> MessageTypes
					.of(Map.of("placed", Placed.class, "cancelled", Cancelled.class, "refunded", Refunded.class)))
		.withBean(Shop.class);

	@Test
	void eachTypeReachesItsMethodAndTypesWithoutOneReachThatOfTheirSupertype() {
		this.runner.run((context) -> {
			assertThat(calls(context, "events", new Placed("1"))).isEqualTo("placed 1");
			assertThat(calls(context, "events", new Cancelled("2"))).isEqualTo("event Cancelled[id=2]");
			assertThat(calls(context, "events", "3")).isEqualTo("text 3");
		});
	}

	@Test
	void messageForNoMethodIsInTheDeadLetterQueueAtOnce() {
		this.runner.run((context) -> {
			template(context).send("events", new Refunded("4"));
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(emulator.queue("events").deadLetters()).singleElement()
					.satisfies((message) -> {
						assertThat(message.deadLetterReason()).isEqualTo(NoHandlerException.class.getName());
						assertThat(message.deadLetterErrorDescription()).contains("'refunded'", "placed(Placed)",
								"event(Event)");
					}));
		});
	}

	@Test
	void sessionsTransactionsAndRepliesAreThoseOfMethods() {
		this.runner.withBean(Baskets.class)
			.withPropertyValues("servicebus.cross-entity-transactions=true",
					"servicebus.emulator.queues.baskets.requires-session=true")
			.run((context) -> {
				ServiceBusTemplate template = template(context);
				template.to("baskets").sessionId("7").body(new Placed("apple")).send();
				template.to("baskets").sessionId("7").body(new Cancelled("pear")).send();
				assertThat(template.receive("answers", String.class, PATIENCE)).isEqualTo("+apple");
				assertThat(template.receive("answers", String.class, PATIENCE)).isEqualTo("+apple-pear");
			});
	}

	private static String calls(AssertableApplicationContext context, String queue, Object payload)
			throws InterruptedException {
		template(context).send(queue, payload);
		return context.getBean(Shop.class).calls.poll(30, TimeUnit.SECONDS);
	}

	private static ServiceBusTemplate template(AssertableApplicationContext context) {
		return context.getBean(ServiceBusTemplate.class);
	}

	sealed interface Event {

	}

	record Placed(String id) implements Event {

	}

	record Cancelled(String id) implements Event {

	}

	record Refunded(String id) {

	}

	@ServiceBusListener(queue = "events")
	static class Shop {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		@ServiceBusHandler
		void placed(Placed order) {
			this.calls.add("placed " + order.id());
		}

		@ServiceBusHandler
		void event(Event event) {
			this.calls.add("event " + event);
		}

		@ServiceBusHandler
		void text(String text) {
			this.calls.add("text " + text);
		}

	}

	@ServiceBusListener(queue = "baskets", sessions = "true", transactional = "true")
	@SendTo("answers")
	static class Baskets {

		@ServiceBusHandler
		String add(Placed item, SessionState<String> state) {
			return changed(state, "+" + item.id());
		}

		@ServiceBusHandler
		String remove(Cancelled item, SessionState<String> state) {
			return changed(state, "-" + item.id());
		}

		private static String changed(SessionState<String> state, String change) {
			String before = state.get();
			String basket = ((before != null) ? before : "") + change;
			state.set(basket);
			return basket;
		}

	}

}
