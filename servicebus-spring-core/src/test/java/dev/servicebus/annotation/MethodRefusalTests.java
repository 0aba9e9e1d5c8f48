package dev.servicebus.annotation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.listener.BatchSettlement;
import dev.servicebus.listener.MessageLock;
import dev.servicebus.listener.SessionContext;
import dev.servicebus.listener.SessionState;
import dev.servicebus.listener.Settlement;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Methods that a listener could not call, or only in vain, stop the context with a
 * message that names bean, method and reason.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MethodRefusalTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '|',
			value = { "TwoPayloads | [0 (String), 1 (Map)] would all be the payload",
					"ErrorArgument | parameter of type RuntimeException is for methods with @DeadLetterHandler only",
					"SessionArgument | parameter of type ServiceBusSession only has a meaning with sessions",
					"SessionContextArgument | parameter of type SessionContext only has a meaning with sessions",
					"SessionStateArgument | parameter of type SessionState only has a meaning with sessions",
					"LockOfDeleted | parameter of type MessageLock has no meaning with settlement",
					"SettlementOfDeleted | parameter of type Settlement has no meaning with settlement",
					"BatchSettlementOfDeleted | parameter of type BatchSettlement has no meaning with settlement",
					"FutureInTransaction | a result of type CompletableFuture comes later",
					"MonoInTransaction | a result of type Mono comes later",
					"LastResortOfBatch | it takes a batch, but is called with one message",
					"LastResortOfTwoPayloads | would all be the payload",
					"LastResortOfNobody | listeners = ~billing~: the bean has no such listener, only [shop-handle]" })
	void methodThatDoesNotFit(String listener, String reason) throws Exception {
		assertThat(start(Class.forName(getClass().getName() + "$" + listener)))
			.isInstanceOf(InvalidListenerException.class)
			.hasMessageContainingAll("'" + listener + ".", "of bean 'shop'", reason.replace('~', '"'));
	}

	@Test
	void lastResortWithoutListenersIsRefused() {
		assertThat(start(LastResortAlone.class)).rootCause()
			.isInstanceOf(InvalidListenerException.class)
			.hasMessageContainingAll("@DeadLetterHandler on method 'LastResortAlone.giveUp()' of bean 'shop'",
					"nothing calls it");
	}

	private static Throwable start(Class<?> listener) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(ListenerTestConfiguration.class);
			context.registerBean("shop", listener);
			return catchThrowable(context::refresh);
		}
	}

	static class TwoPayloads {

		@ServiceBusListener(queue = "orders")
		void handle(String order, Map<String, Object> other) {
		}

	}

	static class ErrorArgument {

		@ServiceBusListener(queue = "orders")
		void handle(String order, RuntimeException error) {
		}

	}

	static class SessionArgument {

		@ServiceBusListener(queue = "orders")
		void handle(String order, ServiceBusSession session) {
		}

	}

	static class SessionContextArgument {

		@ServiceBusListener(queue = "orders")
		void handle(String order, SessionContext session) {
		}

	}

	static class SessionStateArgument {

		@ServiceBusListener(queue = "orders")
		void handle(String order, SessionState<String> state) {
		}

	}

	static class LockOfDeleted {

		@ServiceBusListener(queue = "orders", settlement = "receive-and-delete")
		void handle(MessageLock lock) {
		}

	}

	static class SettlementOfDeleted {

		@ServiceBusListener(queue = "orders", settlement = "receive-and-delete")
		void handle(Settlement settlement) {
		}

	}

	static class BatchSettlementOfDeleted {

		@ServiceBusListener(queue = "orders", settlement = "receive-and-delete")
		void handle(List<String> orders, BatchSettlement settlement) {
		}

	}

	static class FutureInTransaction {

		@ServiceBusListener(queue = "orders", transactional = "true")
		CompletableFuture<Void> handle(String order) {
			return CompletableFuture.completedFuture(null);
		}

	}

	static class MonoInTransaction {

		@ServiceBusListener(queue = "orders", transactional = "true")
		Mono<Void> handle(String order) {
			return Mono.empty();
		}

	}

	static class LastResortOfBatch {

		@ServiceBusListener(queue = "orders")
		void handle(String order) {
		}

		@DeadLetterHandler
		void giveUp(List<String> orders) {
		}

	}

	static class LastResortOfTwoPayloads {

		@ServiceBusListener(queue = "orders")
		void handle(String order) {
		}

		@DeadLetterHandler
		void giveUp(String order, byte[] body) {
		}

	}

	static class LastResortOfNobody {

		@ServiceBusListener(queue = "orders")
		void handle(String order) {
		}

		@DeadLetterHandler(listeners = "billing")
		void giveUp() {
		}

	}

	static class LastResortAlone {

		@DeadLetterHandler
		void giveUp() {
		}

	}

}
