package dev.servicebus.annotation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.messaging.handler.annotation.Header;

import dev.servicebus.client.Disposition;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.listener.DeadLetterMessageException;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.FailureOptions;
import dev.servicebus.listener.FailureProperties;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.Settlement;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Methods that are the last resort of the listeners of their bean.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class DeadLetterHandlerTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void handlerGetsPayloadHeadersAndExceptionAndTheMessageIsDeadLettered() {
		Shop shop = start(Shop.class);
		Disposition.DeadLetter deadLetter = (Disposition.DeadLetter) send("orders", "broken");
		assertThat(shop.calls).containsExactly("broken", "m1", "java.io.UncheckedIOException", "disk", 1);
		assertThat(deadLetter.reason()).isEqualTo("java.io.UncheckedIOException");
		assertThat(deadLetter.propertiesToModify()).containsEntry(FailureProperties.FAILURE_ATTEMPTS, 1)
			.doesNotContainKey(FailureProperties.FAILURE_HANDLER);
	}

	@Test
	void handlerIsNotCalledForWhatSucceeds() {
		Shop shop = start(Shop.class);
		assertThat(send("orders", "fine")).isEqualTo(new Disposition.Complete());
		assertThat(shop.calls).isEmpty();
	}

	@Test
	void handlerMayLetTheMessageBeCompleted() {
		Completing bean = start(Completing.class);
		assertThat(send("orders", "broken")).isEqualTo(new Disposition.Complete());
		assertThat(bean.calls).containsExactly("broken");
	}

	@Test
	void handlerThatFailsIsToldByTheDeadLetter() {
		start(Failing.class);
		Disposition.DeadLetter deadLetter = (Disposition.DeadLetter) send("orders", "broken");
		assertThat(deadLetter.reason()).isEqualTo("java.lang.IllegalStateException");
		assertThat(deadLetter.description()).isEqualTo("no stock");
		assertThat(deadLetter.propertiesToModify()).containsEntry(FailureProperties.FAILURE_HANDLER,
				"java.lang.AssertionError: handler is broken");
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void handlerOfAListenerWinsOverTheOneOfTheBean() {
		Several bean = start(Several.class);
		send("one", "a");
		send("two", "b");
		assertThat(bean.calls).containsExactly("first a", "other b");
	}

	@Test
	void handlerHearsOfMessagesThatTheListenerDeadLettersByAnException() {
		Rejecting bean = start(Rejecting.class);
		Disposition.DeadLetter deadLetter = (Disposition.DeadLetter) send("orders", "x");
		assertThat(bean.calls).containsExactly("Rejected: by hand");
		assertThat(deadLetter.reason()).isEqualTo("Rejected");
	}

	@Test
	void handlerMaySettleItself() {
		start(Settling.class);
		assertThat(send("orders", "x")).isInstanceOf(Disposition.Defer.class);
		assertThat(source("orders").settled()).hasSize(1);
	}

	@Test
	void exceptionOfAnotherTypeThanTheHandlerTakesIsToldByTheDeadLetter() {
		start(OtherException.class);
		Disposition.DeadLetter deadLetter = (Disposition.DeadLetter) send("orders", "x");
		assertThat(deadLetter.propertiesToModify().get(FailureProperties.FAILURE_HANDLER).toString())
			.contains("java.io.IOException");
	}

	@Test
	void twoHandlersForOneListenerStopTheApplication() {
		assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(() -> start(Ambiguous.class))
			.withMessageContaining("several @DeadLetterHandler methods")
			.withMessageContaining("[one, two]");
	}

	@Test
	void optionsOfFailuresAreProperties() {
		start(Shop.class);
		FailureOptions options = this.context.getBean(ServiceBusListenerEndpointRegistry.class)
			.getListenerContainer("shop")
			.options()
			.failures();
		assertThat(options).isEqualTo(new FailureOptions(Duration.ofSeconds(10), "orders-retry", List.of(),
				List.of(IOException.class, IllegalStateException.class), true, false));
		assertThat(source("orders-retry").demand()).isOne();
	}

	@Test
	void classThatIsNotThereStopsTheApplication() {
		assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(() -> start(UnknownClass.class))
			.withMessageContaining("attribute retryable = \"com.example.Nothing\"")
			.withMessageContaining("there is no class 'com.example.Nothing'");
	}

	private <T> T start(Class<T> bean) {
		this.context.register(ListenerTestConfiguration.class, bean);
		this.context.refresh();
		return this.context.getBean(bean);
	}

	private Disposition send(String queue, String body) {
		FakeSource source = source(queue);
		source.publish(message(body));
		return source.dispositions().get(source.dispositions().size() - 1);
	}

	private FakeSource source(String queue) {
		return this.context.getBean(FakeClient.class).source(queue);
	}

	private static ServiceBusReceivedMessage message(String body) {
		return FakeClient.message(ServiceBusMessage.builder().body(body).messageId("m1").build());
	}

	static class Shop {

		final List<Object> calls = new ArrayList<>();

		@ServiceBusListener(id = "shop", queue = "orders",
				properties = { "notRetryable=java.io.IOException, java.lang.IllegalStateException",
						"retryHoldLimit=10s", "retryQueue=orders-retry", "stopOnFatalError=true" })
		void handle(String body) {
			if (body.equals("broken")) {
				throw new UncheckedIOException(new IOException("disk"));
			}
		}

		@DeadLetterHandler
		void failed(String body, @Header(ServiceBusHeaders.MESSAGE_ID) String id, Exception error, IOException cause,
				ListenerContext context) {
			this.calls.addAll(List.of(body, id, error.getClass().getName(), cause.getMessage(), context.attempt()));
		}

	}

	static class Completing {

		final List<Object> calls = new ArrayList<>();

		@ServiceBusListener(queue = "orders", retry = "none")
		void handle(String body) {
			throw new IllegalStateException("no stock");
		}

		@DeadLetterHandler(complete = true)
		void failed(String body) {
			this.calls.add(body);
		}

	}

	static class Failing {

		@ServiceBusListener(queue = "orders", retry = "none")
		void handle(String body) {
			throw new IllegalStateException("no stock");
		}

		@DeadLetterHandler(complete = true)
		void failed(String body) {
			Thread.currentThread().interrupt();
			throw new AssertionError("handler is broken");
		}

	}

	static class Several {

		final List<Object> calls = new ArrayList<>();

		@ServiceBusListener(id = "first", queue = "one", retry = "none")
		@ServiceBusListener(queue = "two", retry = "none")
		void handle(String body) {
			throw new IllegalStateException("no stock");
		}

		@DeadLetterHandler(listeners = "first")
		void first(String body) {
			this.calls.add("first " + body);
		}

		@DeadLetterHandler
		void other(String body) {
			this.calls.add("other " + body);
		}

	}

	static class Rejecting {

		final List<Object> calls = new ArrayList<>();

		@ServiceBusListener(queue = "orders")
		void handle(String body) {
			throw new DeadLetterMessageException("Rejected", "by hand");
		}

		@DeadLetterHandler
		void failed(Throwable error) {
			this.calls.add(error.getMessage());
		}

	}

	static class Settling {

		@ServiceBusListener(queue = "orders", retry = "none")
		void handle(String body) {
			throw new IllegalStateException("no stock");
		}

		@DeadLetterHandler
		void failed(Settlement settlement) {
			settlement.defer();
		}

	}

	static class OtherException {

		@ServiceBusListener(queue = "orders", retry = "none")
		void handle(String body) {
			throw new IllegalStateException("no stock");
		}

		@DeadLetterHandler
		void failed(IOException error) {
			throw new IllegalArgumentException("not reached");
		}

	}

	static class UnknownClass {

		@ServiceBusListener(queue = "orders", properties = "retryable=com.example.Nothing")
		void handle(String body) {
		}

	}

	static class Ambiguous {

		@ServiceBusListener(queue = "orders")
		void handle(String body) {
		}

		@DeadLetterHandler
		void one() {
		}

		@DeadLetterHandler
		void two() {
		}

	}

}
