package dev.servicebus.annotation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageLock;
import dev.servicebus.listener.Settlement;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Arguments and results of annotated methods.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ServiceBusListenerArgumentTests {

	private static final String JSON = "{\"id\":\"a\",\"count\":2}";

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeEach
	void start() {
		this.context.register(ListenerTestConfiguration.class, Listeners.class);
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void payloadIsConvertedToTheTypeOfTheParameter() {
		assertThat(receive("record", JSON)).containsExactly(new Order("a", 2));
		assertThat(receive("generic", "[" + JSON + "]")).containsExactly(List.of(new Order("a", 2)));
		assertThat(receive("map", JSON)).containsExactly(Map.of("id", "a", "count", 2));
	}

	@Test
	void textAndBytesAreTakenAsTheyAre() {
		assertThat(receive("text", JSON)).containsExactly(JSON);
		assertThat((byte[]) receive("bytes", JSON).get(0)).asString().isEqualTo(JSON);
	}

	@Test
	void springMessageCarriesPayloadAndHeaders() {
		assertThat(receive("message", JSON)).containsExactly(new Order("a", 2), "created");
	}

	@Test
	void headersAreConvertedAndOptional() {
		assertThat(receive("headers", JSON)).containsExactly("created", 42, 7L, null, "created");
	}

	@Test
	void argumentsComeInAnyOrder() {
		List<Object> arguments = receive("order", JSON);
		assertThat(arguments.get(0)).isInstanceOf(Settlement.class);
		assertThat(arguments.get(1)).isInstanceOf(ServiceBusReceivedMessage.class);
		assertThat(arguments.get(2)).isEqualTo("order");
		assertThat(arguments.get(3)).isEqualTo(new Order("a", 2));
	}

	@Test
	void methodWithoutArgumentsIsCalled() {
		assertThat(receive("none", JSON)).containsExactly("called");
	}

	@Test
	void settlementOfTheMethodStands() {
		receive("manual", JSON);
		assertThat(source("manual").dispositions())
			.containsExactly(new Disposition.DeadLetter("rejected", "by hand", Map.of()));
	}

	@Test
	void undecodablePayloadIsDeadLetteredWithItsReasonAndTheNextOneHandled() {
		assertThat(receive("record", "{\"id\":")).isEmpty();
		assertThat(receive("record", JSON)).hasSize(1);
		assertThat(source("record").dispositions()).hasSize(2).last().isEqualTo(new Disposition.Complete());
		Disposition.DeadLetter deadLetter = (Disposition.DeadLetter) source("record").dispositions().get(0);
		assertThat(deadLetter.reason()).isEqualTo("org.springframework.messaging.converter.MessageConversionException");
		assertThat(deadLetter.description()).contains("Could not read JSON");
	}

	@Test
	void payloadThatIsNotValidIsDeadLetteredWithItsReason() {
		assertThat(receive("validated", "{\"id\":\"a\",\"count\":-1}")).isEmpty();
		Disposition.DeadLetter deadLetter = (Disposition.DeadLetter) source("validated").dispositions().get(0);
		assertThat(deadLetter.reason()).endsWith(".MethodArgumentNotValidException");
		assertThat(deadLetter.description()).contains("count").contains("greater than 0");
		assertThat(receive("validated", JSON)).hasSize(1);
	}

	@Test
	void missingHeaderIsDeadLettered() {
		FakeSource source = source("headers");
		source.publish(FakeClient.message(JSON));
		assertThat(source.dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	@Test
	void headerOfTheWrongTypeIsDeadLettered() {
		source("headers").publish(FakeClient.message(ServiceBusMessage.builder()
			.body(JSON)
			.subject("created")
			.applicationProperty("number", "many")
			.applicationProperty("size", 7L)
			.build()));
		Disposition.DeadLetter deadLetter = (Disposition.DeadLetter) source("headers").dispositions().get(0);
		assertThat(deadLetter.description()).contains("many");
	}

	@Test
	void messageIsCompletedWhenTheReturnedFutureEnds() {
		receive("future", JSON);
		assertThat(source("future").settled()).isEmpty();
		this.context.getBean(Listeners.class).result.complete("done");
		assertThat(source("future").dispositions()).containsExactly(new Disposition.Complete());
	}

	@Test
	void lockOfTheMessageIsAnArgument() {
		MessageLock lock = (MessageLock) receive("lock", JSON).get(0);
		assertThat(lock.isLost()).isFalse();
	}

	private List<Object> receive(String queue, String body) {
		List<Object> calls = this.context.getBean(Listeners.class).calls;
		calls.clear();
		source(queue).publish(FakeClient.message(ServiceBusMessage.builder()
			.body(body)
			.contentType("application/json")
			.subject("created")
			.applicationProperty("number", "42")
			.applicationProperty("size", 7L)
			.build()));
		return calls;
	}

	private FakeSource source(String queue) {
		return this.context.getBean(FakeClient.class).source(queue);
	}

	static class Listeners {

		final List<Object> calls = new ArrayList<>();

		final CompletableFuture<String> result = new CompletableFuture<>();

		@ServiceBusListener(queue = "record")
		void record(Order order) {
			this.calls.add(order);
		}

		@ServiceBusListener(queue = "validated")
		void validated(@Valid @Payload Order order) {
			this.calls.add(order);
		}

		@ServiceBusListener(queue = "generic")
		void generic(@Payload List<Order> orders) {
			this.calls.add(orders);
		}

		@ServiceBusListener(queue = "map")
		void map(Map<String, Object> order) {
			this.calls.add(order);
		}

		@ServiceBusListener(queue = "text")
		void text(String text) {
			this.calls.add(text);
		}

		@ServiceBusListener(queue = "bytes")
		void bytes(byte[] bytes) {
			this.calls.add(bytes);
		}

		@ServiceBusListener(queue = "message")
		void message(Message<Order> message) {
			this.calls.addAll(List.of(message.getPayload(), message.getHeaders().get(ServiceBusHeaders.SUBJECT)));
		}

		@ServiceBusListener(queue = "headers")
		void headers(@Header(ServiceBusHeaders.SUBJECT) String subject, @Header int number, @Header("size") Long size,
				@Header(name = "missing", required = false) String missing, @Headers Map<String, Object> all) {
			this.calls.addAll(Arrays.asList(subject, number, size, missing, all.get(ServiceBusHeaders.SUBJECT)));
		}

		@ServiceBusListener(queue = "order", id = "order")
		void order(Settlement settlement, ServiceBusReceivedMessage message, ListenerContext context, Order order) {
			this.calls.addAll(List.of(settlement, message, context.listenerId(), order));
		}

		@ServiceBusListener(queue = "none")
		void none() {
			this.calls.add("called");
		}

		@ServiceBusListener(queue = "manual", settlement = "manual")
		void manual(Settlement settlement) {
			settlement.deadLetter("rejected", "by hand");
		}

		@ServiceBusListener(queue = "lock")
		void lock(MessageLock lock) {
			this.calls.add(lock);
		}

		@ServiceBusListener(queue = "future")
		CompletableFuture<String> future() {
			return this.result;
		}

	}

	record Order(String id, @Positive int count) {

	}

}
