package dev.servicebus.annotation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import dev.servicebus.client.Disposition;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchSettlement;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.listener.support.VirtualTime;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods that take batches.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class BatchListenerMethodTests {

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
	void payloadsAreConvertedOneByOne() {
		publish("payloads", order(1), order(2), order(3));
		assertThat(calls()).containsExactly(List.of(new Order(1), new Order(2), new Order(3)));
		assertThat(settled("payloads")).containsExactly("Complete", "Complete", "Complete");
	}

	@Test
	void springMessagesCarryTheirPayloadAndHeaders() {
		publish("messages", order(1), order(2), order(3));
		assertThat(calls()).containsExactly(List.of("1 created", "2 created", "3 created"));
	}

	@Test
	void receivedMessagesAreHandedOverAsTheyAre() {
		publish("received", order(1), order(2), order(3));
		assertThat(calls()).containsExactly(List.of(order(1), order(2), order(3)));
	}

	@Test
	void messageThatCannotBeConvertedIsDeadLetteredAloneAndTheRestHandled() {
		publish("payloads", order(1), "{\"count\":", order(3));
		assertThat(calls()).containsExactly(List.of(new Order(1), new Order(3)));
		assertThat(settled("payloads")).containsExactly("Complete", "DeadLetter", "Complete");
	}

	@Test
	void messageThatIsNotValidIsDeadLetteredAlone() {
		publish("payloads", order(1), order(-1), order(3));
		assertThat(calls()).containsExactly(List.of(new Order(1), new Order(3)));
		Disposition.DeadLetter deadLetter = (Disposition.DeadLetter) source("payloads").dispositions().get(1);
		assertThat(deadLetter.description()).contains("count").contains("greater than 0");
	}

	@Test
	void methodIsNotCalledWithoutAnythingThatFits() {
		publish("payloads", "{", "{", "{");
		assertThat(calls()).isEmpty();
		assertThat(settled("payloads")).containsExactly("DeadLetter", "DeadLetter", "DeadLetter");
	}

	@Test
	void failedMessageIsCountedAsTheMethodSeesIt() {
		publish("failing", "{", order(1), order(2), order(3));
		assertThat(calls()).containsExactly(List.of(new Order(1), new Order(2), new Order(3)));
		assertThat(source("failing").settled()).extracting((settled) -> settled.message().bodyAsString())
			.containsExactly("{", order(1));
		time().advance(Duration.ofSeconds(1));
		assertThat(calls()).hasSize(2).last().isEqualTo(List.of(new Order(3), new Order(2)));
	}

	@Test
	void failedMessageOfAFutureIsCountedAsTheMethodSeesIt() {
		publish("failing-later", "{", order(1), order(2), order(3));
		assertThat(source("failing-later").settled()).isEmpty();
		this.context.getBean(Listeners.class).result
			.completeExceptionally(new BatchListenerFailedException(1, new IllegalStateException("no stock")));
		assertThat(source("failing-later").settled()).extracting((settled) -> settled.message().bodyAsString())
			.containsExactly("{", order(1));
	}

	@Test
	void settlementIsOfTheMessagesThatTheMethodSees() {
		publish("settling", "{", order(1), order(2));
		assertThat(source("settling").settled()).extracting((settled) -> settled.message().bodyAsString())
			.containsExactly(order(2), order(1), "{");
		assertThat(settled("settling")).containsExactly("Defer", "Complete", "DeadLetter");
	}

	@Test
	void listenerMayReportFailuresOfSingleMessages() {
		publish("reporting", order(1), order(2), order(3));
		assertThat(settled("reporting")).containsExactly("Complete", "Complete");
	}

	@Test
	void batchIsHandledWhenItsMonoEnds() {
		publish("mono", order(1));
		time().advance(Duration.ofMillis(200));
		assertThat(settled("mono")).containsExactly("Complete");
	}

	@Test
	void batchAndWaitAreReadFromTheAnnotation() {
		publish("mono", order(1));
		time().advance(Duration.ofMillis(199));
		assertThat(calls()).isEmpty();
		time().advance(Duration.ofMillis(1));
		assertThat(calls()).hasSize(1);
		assertThat(source("mono").demand()).isEqualTo(100);
		assertThat(source("payloads").demand()).isEqualTo(3);
	}

	private List<Object> calls() {
		return this.context.getBean(Listeners.class).calls;
	}

	private VirtualTime time() {
		return this.context.getBean(VirtualTime.class);
	}

	private FakeSource source(String queue) {
		return this.context.getBean(FakeClient.class).source(queue);
	}

	private List<String> settled(String queue) {
		return source(queue).dispositions()
			.stream()
			.map((disposition) -> disposition.getClass().getSimpleName())
			.toList();
	}

	private void publish(String queue, String... bodies) {
		for (String body : bodies) {
			source(queue)
				.publish(FakeClient.message(ServiceBusMessage.builder().body(body).subject("created").build()));
		}
	}

	private static String order(int count) {
		return "{\"count\":" + count + "}";
	}

	static class Listeners {

		final List<Object> calls = new ArrayList<>();

		final CompletableFuture<Void> result = new CompletableFuture<>();

		@ServiceBusListener(queue = "payloads", batch = "3")
		void payloads(List<@Valid Order> orders) {
			this.calls.add(orders);
		}

		@ServiceBusListener(queue = "messages", batch = "3")
		void messages(List<Message<Order>> orders) {
			this.calls.add(orders.stream()
				.map((order) -> order.getPayload().count() + " " + order.getHeaders().get(ServiceBusHeaders.SUBJECT))
				.toList());
		}

		@ServiceBusListener(queue = "received", batch = "3")
		void received(List<ServiceBusReceivedMessage> messages) {
			this.calls.add(messages.stream().map(ServiceBusReceivedMessage::bodyAsString).toList());
		}

		@ServiceBusListener(queue = "failing", batch = "4, 1s", retry = "fixed 1s jitter 0")
		void failing(List<Order> orders) {
			this.calls.add(orders);
			if (orders.size() == 3) {
				throw new BatchListenerFailedException(1, new IllegalStateException("no stock"));
			}
		}

		@ServiceBusListener(queue = "failing-later", batch = "4, 1s")
		CompletableFuture<Void> failingLater(List<Order> orders) {
			return this.result;
		}

		@ServiceBusListener(queue = "settling", batch = "3")
		void settling(BatchSettlement settlement, List<Order> orders) {
			settlement.get(1).defer();
			settlement.complete();
		}

		@ServiceBusListener(queue = "reporting", batch = "3")
		void reporting(List<Order> orders, BatchContext batch) {
			batch.fail(1, new IllegalStateException("no stock"));
		}

		@ServiceBusListener(queue = "mono", batch = "200ms")
		Mono<Void> mono(List<Order> orders) {
			this.calls.add(orders);
			return Mono.empty();
		}

	}

	record Order(@Positive int count) {

	}

}
