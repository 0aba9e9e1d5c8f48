package dev.servicebus.annotation;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import dev.servicebus.client.ServiceBusSession;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Annotations that cannot work stop the application with a message that says where and
 * why.
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
		return Stream.of(invalid(QueueAndTopic.class, "queue = \"orders\"", "topic = \"events\""),
				invalid(SubscriptionAlone.class, "topic = \"\"", "subscription = \"audit\""),
				invalid(TopicAlone.class, "topic = \"events\"", "subscription = \"\""),
				invalid(Nothing.class, "name a queue"),
				invalid(NegativeConcurrency.class, "concurrency = \"-1\"", "at least 1"),
				invalid(UnparsableConcurrency.class, "concurrency = \"many\"", "whole number"),
				invalid(UnparsableDuration.class, "maxLockRenewal = \"long\"", "duration"),
				invalid(UnknownSettlement.class, "settlement = \"later\"",
						"[auto, always, manual, receive-and-delete]"),
				invalid(UnknownSubQueue.class, "subQueue = \"cellar\"", "[none, dead-letter, transfer-dead-letter]"),
				invalid(UnknownErrorHandler.class, "errorHandler = \"nobody\"", "nobody"),
				invalid(UnknownFactory.class, "containerFactory = \"nobody\"", "nobody"),
				invalid(UnknownNamespace.class, "namespace = \"nowhere\"", "nowhere"),
				invalid(NamespaceAndFactory.class, "namespace = \"eu\"", "containerFactory = \"own\""),
				invalid(WrongBean.class, "errorHandler = \"client\"", "FakeClient"),
				invalid(UnparsableRetry.class, "retry = \"often\"", "'often' is neither"),
				invalid(UnknownProperty.class, "properties = \"colour=blue\"", "shutdownTimeout"),
				invalid(UnknownPlaceholder.class, "queue = \"${nowhere}\"", "nowhere"),
				invalid(Contradiction.class, "prefetch must be 0 with settlement RECEIVE_AND_DELETE"),
				invalid(SessionSettingAlone.class, "sessionIdleTimeout = \"5s\"", "sessions = \"true\""),
				invalid(SessionArgumentAlone.class, "ServiceBusSession", "sessions = \"true\""),
				invalid(BlankSessionId.class, "sessionIds = \"a\", \" \"", "must not be blank"),
				invalid(SessionIdTwice.class, "sessionIds = \"a\", \"a\"", "named twice"),
				invalid(IdsWithoutSessions.class, "sessionIds = \"a\"", "contradicts sessions = \"false\""),
				invalid(NoCalls.class, "sessionMaxConcurrentCalls = \"0\"", "at least 1"),
				invalid(NegativeIdleTimeout.class, "sessionIdleTimeout = \"-1s\"", "must be positive"),
				invalid(UnknownFailurePolicy.class, "sessionFailurePolicy = \"forget\"", "[hold, skip, park]"),
				invalid(UnreadableSessions.class, "sessions = \"maybe\"", "true or false"),
				invalid(SessionsOfASubQueue.class, "orders/$DeadLetterQueue", "sub-queues have none"),
				invalid(ReplyOfNothing.class, "@SendTo([answers])", "returns nothing"),
				invalid(TwoReplies.class, "@SendTo([answers, audit])", "one destination"),
				invalid(UnparsableSendTo.class, "\"!{request.\"", "@SendTo"), invalid(ManyResults.class, "Flux"),
				invalid(BatchOfOne.class, "batch = \"10\"", "List"),
				invalid(EmptyBatch.class, "batch = \"0\"", "1 to 5000"),
				invalid(UnparsableBatch.class, "batch = \"10, soon\"", "'soon' is neither"),
				invalid(TakenId.class, "'twice'", "is taken"));
	}

	private static Arguments invalid(Class<?> listener, String... parts) {
		return Arguments.of(listener, parts);
	}

	static class QueueAndTopic {

		@ServiceBusListener(queue = "orders", topic = "events", subscription = "audit")
		void handle(String body) {
		}

	}

	static class UnknownNamespace {

		@ServiceBusListener(queue = "orders", namespace = "nowhere")
		void handle(String body) {
		}

	}

	static class NamespaceAndFactory {

		@ServiceBusListener(queue = "orders", namespace = "eu", containerFactory = "own")
		void handle(String body) {
		}

	}

	static class SubscriptionAlone {

		@ServiceBusListener(subscription = "audit")
		void handle(String body) {
		}

	}

	static class TopicAlone {

		@ServiceBusListener(topic = "events")
		void handle(String body) {
		}

	}

	static class Nothing {

		@ServiceBusListener
		void handle(String body) {
		}

	}

	static class NegativeConcurrency {

		@ServiceBusListener(queue = "orders", concurrency = "-1")
		void handle(String body) {
		}

	}

	static class UnparsableConcurrency {

		@ServiceBusListener(queue = "orders", concurrency = "many")
		void handle(String body) {
		}

	}

	static class UnparsableDuration {

		@ServiceBusListener(queue = "orders", maxLockRenewal = "long")
		void handle(String body) {
		}

	}

	static class UnknownSettlement {

		@ServiceBusListener(queue = "orders", settlement = "later")
		void handle(String body) {
		}

	}

	static class UnknownSubQueue {

		@ServiceBusListener(queue = "orders", subQueue = "cellar")
		void handle(String body) {
		}

	}

	static class UnknownErrorHandler {

		@ServiceBusListener(queue = "orders", errorHandler = "nobody")
		void handle(String body) {
		}

	}

	static class UnknownFactory {

		@ServiceBusListener(queue = "orders", containerFactory = "nobody")
		void handle(String body) {
		}

	}

	static class WrongBean {

		@ServiceBusListener(queue = "orders", errorHandler = "client")
		void handle(String body) {
		}

	}

	static class UnparsableRetry {

		@ServiceBusListener(queue = "orders", retry = "often")
		void handle(String body) {
		}

	}

	static class UnknownProperty {

		@ServiceBusListener(queue = "orders", properties = "colour=blue")
		void handle(String body) {
		}

	}

	static class UnknownPlaceholder {

		@ServiceBusListener(queue = "${nowhere}")
		void handle(String body) {
		}

	}

	static class Contradiction {

		@ServiceBusListener(queue = "orders", settlement = "receive-and-delete", prefetch = "5")
		void handle(String body) {
		}

	}

	static class SessionSettingAlone {

		@ServiceBusListener(queue = "orders", properties = "sessionIdleTimeout=5s")
		void handle(String body) {
		}

	}

	static class SessionArgumentAlone {

		@ServiceBusListener(queue = "orders")
		void handle(String body, ServiceBusSession session) {
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

	static class NoCalls {

		@ServiceBusListener(queue = "orders", sessions = "true", properties = "sessionMaxConcurrentCalls=0")
		void handle(String body) {
		}

	}

	static class NegativeIdleTimeout {

		@ServiceBusListener(queue = "orders", sessions = "true", properties = "sessionIdleTimeout=-1s")
		void handle(String body) {
		}

	}

	static class UnknownFailurePolicy {

		@ServiceBusListener(queue = "orders", sessions = "true", properties = "sessionFailurePolicy=forget")
		void handle(String body) {
		}

	}

	static class UnreadableSessions {

		@ServiceBusListener(queue = "orders", sessions = "maybe")
		void handle(String body) {
		}

	}

	static class SessionsOfASubQueue {

		@ServiceBusListener(queue = "orders", subQueue = "dead-letter", sessions = "true")
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

	static class EmptyBatch {

		@ServiceBusListener(queue = "orders", batch = "0")
		void handle(String body) {
		}

	}

	static class UnparsableBatch {

		@ServiceBusListener(queue = "orders", batch = "10, soon")
		void handle(String body) {
		}

	}

}
