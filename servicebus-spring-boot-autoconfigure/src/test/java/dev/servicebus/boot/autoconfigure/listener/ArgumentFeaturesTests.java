package dev.servicebus.boot.autoconfigure.listener;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.message.ServiceBusReceivedMessage;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What methods of listeners may take of one message, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ArgumentFeaturesTests {

	private static final Order ORDER = new Order("a", 2);

	private final ListenerApplication application = ListenerApplication.of(Listeners.class, Tenants.class);

	@Test
	void argumentsComeInAnyOrder() {
		this.application.run((application) -> {
			application.to("mixed").messageId("7").subject("created").body(ORDER).send();
			assertThat(application.nextCall()).containsExactly("mixed", "created", "7", ORDER, 1);
			application.awaitCompleted("mixed");
		});
	}

	@Test
	void payloadIsConvertedToTheTypeOfTheParameter() {
		this.application.run((application) -> {
			application.send("map", ORDER);
			assertThat(application.nextCall()).containsExactly(Map.of("id", "a", "count", 2));
			application.to("orders").body(List.of(ORDER, ORDER)).send();
			assertThat(application.nextCall()).containsExactly(ORDER, ORDER);
		});
	}

	@Test
	void springMessageCarriesPayloadAndHeaders() {
		this.application.run((application) -> {
			application.to("message").subject("created").header("colour", "red").body(ORDER).send();
			assertThat(application.nextCall()).containsExactly(ORDER, "created", "red");
		});
	}

	@Test
	void textAndBytesAreTakenAsTheyAre() {
		this.application.run((application) -> {
			for (String queue : List.of("text", "bytes")) {
				application.send(queue, ORDER);
				assertThat(application.nextCall()).containsExactly("{\"id\":\"a\",\"count\":2}");
			}
		});
	}

	@Test
	void methodWithoutArgumentsIsCalled() {
		this.application.run((application) -> {
			application.send("none", "whatever");
			assertThat(application.nextCall()).containsExactly("called");
			application.awaitCompleted("none");
		});
	}

	@Test
	void payloadThatIsNotValidIsDeadLetteredWithItsReasonAndTheNextOneHandled() {
		this.application.run((application) -> {
			application.send("valid", new Order("bad", -1), ORDER);
			assertThat(application.nextCall()).containsExactly(ORDER);
			assertThat(application.deadLetter("valid")).satisfies((message) -> {
				assertThat(message.deadLetterReason()).endsWith(".MethodArgumentNotValidException");
				assertThat(message.deadLetterErrorDescription()).contains("count", "must be greater than 0");
			});
			application.awaitMessages("valid", 0);
		});
	}

	@Test
	void payloadThatIsNoJsonIsDeadLetteredWithItsReasonAndTheNextOneHandled() {
		this.application.run((application) -> {
			application.to("map").body("{\"id\":").contentType("application/json").send();
			application.send("map", ORDER);
			assertThat(application.nextCall()).containsExactly(Map.of("id", "a", "count", 2));
			assertThat(application.deadLetter("map")).satisfies((message) -> {
				assertThat(message.deadLetterReason()).endsWith(".MessageConversionException");
				assertThat(message.deadLetterErrorDescription()).contains("Could not read JSON");
				assertThat(message.bodyAsString()).isEqualTo("{\"id\":");
			});
		});
	}

	@Test
	void argumentsOfTheApplicationAreResolvedByItsBeans() {
		this.application.run((application) -> {
			application.to("tenant").header("tenant", "acme").body("x").send();
			assertThat(application.nextCall()).containsExactly(new Tenant("acme"));
		});
	}

	record Listeners(Calls calls) {

		@ServiceBusListener(id = "mixed", queue = "mixed")
		void mixed(ListenerContext context, @Header(ServiceBusHeaders.SUBJECT) String subject,
				ServiceBusReceivedMessage message, Order order) {
			this.calls.add(context.listenerId(), subject, message.messageId(), order, context.attempt());
		}

		@ServiceBusListener(queue = "map")
		void map(Map<String, Object> order) {
			this.calls.add(order);
		}

		@ServiceBusListener(queue = "orders")
		void orders(@Payload List<Order> orders) {
			this.calls.add(orders.toArray());
		}

		@ServiceBusListener(queue = "message")
		void message(Message<Order> message) {
			this.calls.add(message.getPayload(), message.getHeaders().get(ServiceBusHeaders.SUBJECT),
					message.getHeaders().get("colour"));
		}

		@ServiceBusListener(queue = "text")
		void text(String text) {
			this.calls.add(text);
		}

		@ServiceBusListener(queue = "bytes")
		void bytes(byte[] bytes) {
			this.calls.add(new String(bytes, StandardCharsets.UTF_8));
		}

		@ServiceBusListener(queue = "none")
		void none() {
			this.calls.add("called");
		}

		@ServiceBusListener(queue = "valid")
		void valid(@Valid @Payload Order order) {
			this.calls.add(order);
		}

		@ServiceBusListener(queue = "tenant")
		void tenant(Tenant tenant) {
			this.calls.add(tenant);
		}

	}

	static class Tenants implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Tenant.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, Message<?> message) {
			return new Tenant(String.valueOf(message.getHeaders().get("tenant")));
		}

	}

	record Order(String id, @Positive int count) {

	}

	record Tenant(String name) {

	}

}
