package dev.servicebus.annotation;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.converter.MessageType;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Listener classes whose methods contradict each other stop the application.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InvalidHandlerTests {

	@ParameterizedTest
	@MethodSource("invalid")
	void contextStopsAndNamesBeanClassMethodsAndReason(Class<?> listener, String[] parts) {
		assertThat(start(listener)).isInstanceOf(InvalidListenerException.class)
			.hasMessageContaining("class '" + listener.getSimpleName() + "' of bean 'shop'")
			.hasMessageContainingAll(parts);
	}

	static Stream<Arguments> invalid() {
		return Stream.of(invalid(NoHandlers.class, "no method with @ServiceBusHandler"),
				invalid(TwoDefaults.class, "first(String)", "second(Order)", "there can be one default"),
				invalid(Twins.class, "first(Order)", "second(Order)", "for the same payloads"),
				invalid(Batch.class, "method 'handle'", "it takes a batch"),
				invalid(NeverCalled.class, "handle(Order) would never be called", "annotate Order with @MessageType"),
				invalid(NoPayload.class, "handle() would never be called", "does not say for which payloads"),
				invalid(TwoPayloads.class, "method 'handle'", "[0 (Order), 1 (String)]", "@Header"),
				invalid(SameName.class, "'refund' is the name of two types"),
				invalid(SessionArgument.class, "ServiceBusSession", "sessions = \"true\""),
				invalid(ReplyOfNothing.class, "@SendTo([answers])", "returns nothing"),
				invalid(ManyReplies.class, "@SendTo([a, b])", "one destination"),
				invalid(NoQueue.class, "attribute queue"));
	}

	@Test
	void handlerWithoutListenerOnItsClassIsRefused() {
		assertThat(start(Forgotten.class)).rootCause()
			.isInstanceOf(InvalidListenerException.class)
			.hasMessageContaining("@ServiceBusHandler on method 'Forgotten.handle(String)' of bean 'shop'")
			.hasMessageContaining("no @ServiceBusListener on its class");
	}

	private static Throwable start(Class<?> listener) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(ListenerTestConfiguration.class);
			context.registerBean("shop", listener);
			return catchThrowable(context::refresh);
		}
	}

	private static Arguments invalid(Class<?> listener, String... parts) {
		return Arguments.of(listener, parts);
	}

	record Order(String id) {

	}

	@MessageType("refund")
	record Refund(String id) {

	}

	@MessageType("refund")
	record OldRefund(String id) {

	}

	static class Forgotten {

		@ServiceBusHandler
		void handle(String body) {
		}

	}

	@ServiceBusListener(queue = "orders")
	static class NoHandlers {

		void handle(String body) {
		}

	}

	@ServiceBusListener
	static class NoQueue {

		@ServiceBusHandler
		void handle(String body) {
		}

	}

	@ServiceBusListener(queue = "orders")
	static class TwoDefaults {

		@ServiceBusHandler(isDefault = true)
		void first(String body) {
		}

		@ServiceBusHandler(isDefault = true)
		void second(Order order) {
		}

	}

	@ServiceBusListener(queue = "orders")
	static class Twins {

		@ServiceBusHandler(isDefault = true)
		void first(Order order) {
		}

		@ServiceBusHandler
		void second(Order order) {
		}

	}

	@ServiceBusListener(queue = "orders")
	static class Batch {

		@ServiceBusHandler
		void handle(List<Order> orders) {
		}

	}

	@ServiceBusListener(queue = "orders")
	static class NeverCalled {

		@ServiceBusHandler
		void handle(Order order) {
		}

		@ServiceBusHandler(isDefault = true)
		void other(ServiceBusReceivedMessage message) {
		}

	}

	@ServiceBusListener(queue = "orders")
	static class NoPayload {

		@ServiceBusHandler
		void handle() {
		}

		@ServiceBusHandler
		void refund(Refund refund) {
		}

	}

	@ServiceBusListener(queue = "orders")
	static class TwoPayloads {

		@ServiceBusHandler
		void handle(Order order, String name) {
		}

	}

	@ServiceBusListener(queue = "orders")
	static class SameName {

		@ServiceBusHandler
		void handle(Refund refund) {
		}

		@ServiceBusHandler
		void handleOld(OldRefund refund) {
		}

	}

	@ServiceBusListener(queue = "orders")
	static class SessionArgument {

		@ServiceBusHandler
		void handle(String body, ServiceBusSession session) {
		}

	}

	@ServiceBusListener(queue = "orders")
	static class ReplyOfNothing {

		@ServiceBusHandler
		@SendTo("answers")
		void handle(String body) {
		}

	}

	@ServiceBusListener(queue = "orders")
	@SendTo({ "a", "b" })
	static class ManyReplies {

		@ServiceBusHandler
		String handle(String body) {
			return body;
		}

	}

}
