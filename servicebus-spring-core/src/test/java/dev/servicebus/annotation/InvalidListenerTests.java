package dev.servicebus.annotation;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Annotations that cannot work stop the application with a message that says where and
 * why. Single attributes are the matter of {@link AttributeRefusalTests}.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InvalidListenerTests {

	@ParameterizedTest
	@MethodSource("invalid")
	void contextStopsAndNamesBeanMethodAttributeAndValue(Class<?> listener, String[] parts) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(ListenerTestConfiguration.class);
			context.registerBean("shop", listener);
			Throwable failure = catchThrowable(context::refresh);
			assertThat(failure).isInstanceOf(InvalidListenerException.class)
				.hasMessageContaining(".handle(String")
				.hasMessageContaining(")' of bean 'shop'")
				.hasMessageContainingAll(parts);
		}
	}

	static Stream<Arguments> invalid() {
		return Stream.of(invalid(Nothing.class, "name a queue"),
				invalid(BlankSessionId.class, "sessionIds = \"a\", \" \"", "must not be blank"),
				invalid(SessionIdTwice.class, "sessionIds = \"a\", \"a\"", "named twice"),
				invalid(IdsWithoutSessions.class, "sessionIds = \"a\"", "contradicts sessions = \"false\""),
				invalid(ReplyOfNothing.class, "@SendTo([answers])", "returns nothing"),
				invalid(TwoReplies.class, "@SendTo([answers, audit])", "one destination"),
				invalid(UnparsableSendTo.class, "\"!{request.\"", "@SendTo"), invalid(ManyResults.class, "Flux"),
				invalid(BatchOfOne.class, "batch = \"10\"", "List"), invalid(TakenId.class, "'twice'", "is taken"));
	}

	private static Arguments invalid(Class<?> listener, String... parts) {
		return Arguments.of(listener, parts);
	}

	static class Nothing {

		@ServiceBusListener
		void handle(String body) {
		}

	}

	static class BlankSessionId {

		@ServiceBusListener(queue = "orders", sessionIds = { "a", " " })
		void handle(String body) {
		}

	}

	static class SessionIdTwice {

		@ServiceBusListener(queue = "orders", sessionIds = { "a", "a" })
		void handle(String body) {
		}

	}

	static class IdsWithoutSessions {

		@ServiceBusListener(queue = "orders", sessions = "false", sessionIds = "a")
		void handle(String body) {
		}

	}

	static class TakenId {

		@ServiceBusListener(queue = "orders", id = "twice")
		@ServiceBusListener(queue = "events", id = "twice")
		void handle(String body) {
		}

	}

	static class ReplyOfNothing {

		@ServiceBusListener(queue = "orders")
		@SendTo("answers")
		void handle(String body) {
		}

	}

	static class TwoReplies {

		@ServiceBusListener(queue = "orders")
		@SendTo({ "answers", "audit" })
		String handle(String body) {
			return body;
		}

	}

	static class UnparsableSendTo {

		@ServiceBusListener(queue = "orders")
		@SendTo("!{request.")
		String handle(String body) {
			return body;
		}

	}

	static class ManyResults {

		@ServiceBusListener(queue = "orders")
		Flux<String> handle(String body) {
			return Flux.just(body);
		}

	}

	static class BatchOfOne {

		@ServiceBusListener(queue = "orders", batch = "10")
		void handle(String body) {
		}

	}

}
