package dev.servicebus.boot.autoconfigure.listener;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.store.MessageState;
import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchSettlement;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.OutgoingMessage;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What methods of listeners may take of a batch, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchArgumentFeaturesTests {

	private final ListenerApplication application = ListenerApplication.of(Listeners.class)
		.with("servicebus.listener.batch.size=3", "servicebus.listener.batch.max-wait=20s")
		.withTimeOfTheEmulator();

	@Test
	void payloadsAreConvertedOneByOne() {
		this.application.run((application) -> {
			application.send("payloads", new Order(1), new Order(2), new Order(3));
			assertThat(application.nextCall()).containsExactly(new Order(1), new Order(2), new Order(3));
			application.awaitCompleted("payloads");
		});
	}

	@Test
	void springMessagesCarryTheirPayloadAndHeaders() {
		this.application.run((application) -> {
			OutgoingMessage message = application.to("messages").subject("created");
			for (int count = 1; count <= 3; count++) {
				message.body(new Order(count)).send();
			}
			assertThat(application.nextCall()).containsExactly("1 created", "2 created", "3 created");
			application.awaitCompleted("messages");
		});
	}

	@Test
	void receivedMessagesAreHandedOverAsTheyAre() {
		this.application.run((application) -> {
			application.send("received", new Order(1), new Order(2), new Order(3));
			assertThat(application.nextCall()).containsExactly("1 {\"count\":1}", "2 {\"count\":2}", "3 {\"count\":3}");
			application.awaitCompleted("received");
		});
	}

	@Test
	void messageThatCannotBeConvertedIsDeadLetteredAloneAndTheRestHandled() {
		this.application.run((application) -> {
			application.send("payloads", new Order(1), "no order", new Order(3));
			assertThat(application.nextCall()).containsExactly(new Order(1), new Order(3));
			assertThat(application.deadLetter("payloads")).satisfies((message) -> {
				assertThat(message.sequenceNumber()).isEqualTo(2);
				assertThat(message.deadLetterReason()).endsWith(".MessageConversionException");
			});
			application.awaitMessages("payloads", 0);
		});
	}

	@Test
	void messageThatIsNotValidIsDeadLetteredAlone() {
		this.application.run((application) -> {
			application.send("payloads", new Order(1), new Order(-1), new Order(3));
			assertThat(application.nextCall()).containsExactly(new Order(1), new Order(3));
			assertThat(application.deadLetter("payloads").deadLetterErrorDescription()).contains("count",
					"must be greater than 0");
			application.awaitMessages("payloads", 0);
		});
	}

	@Test
	void settlementIsOfTheMessagesThatTheMethodSees() {
		this.application.run((application) -> {
			application.send("settled", "no order", new Order(2), new Order(3));
			assertThat(application.deadLetter("settled").sequenceNumber()).isEqualTo(1);
			application.awaitMessages("settled", 1);
			await().untilAsserted(() -> assertThat(application.messages("settled")).singleElement()
				.extracting(StoredMessage::bodyAsString, StoredMessage::state)
				.containsExactly("{\"count\":3}", MessageState.DEFERRED));
		});
	}

	@Test
	void listenerMayReportFailuresOfSingleMessages() {
		this.application.run((application) -> {
			application.send("reported", new Order(1), new Order(2), new Order(3));
			assertThat(application.deadLetter("reported")).satisfies((message) -> {
				assertThat(message.bodyAsString()).isEqualTo("{\"count\":2}");
				assertThat(message.deadLetterErrorDescription()).isEqualTo("no stock");
			});
			application.awaitMessages("reported", 0);
		});
	}

	@Test
	void batchIsCompletedWhenItsFutureOrMonoEnds() {
		this.application.run((application) -> {
			CompletableFuture<Void> end = application.bean(Listeners.class).end;
			application.send("future", new Order(1), new Order(2), new Order(3));
			application.send("mono", new Order(1), new Order(2), new Order(3));
			assertThat(application.nextCall()).hasSize(3);
			assertThat(application.nextCall()).hasSize(3);
			assertThat(application.messages("future")).hasSize(3).allMatch(StoredMessage::isLocked);
			assertThat(application.messages("mono")).hasSize(3).allMatch(StoredMessage::isLocked);
			end.complete(null);
			application.awaitCompleted("future");
			application.awaitCompleted("mono");
		});
	}

	static class Listeners {

		private final CompletableFuture<Void> end = new CompletableFuture<>();

		private final Calls calls;

		Listeners(Calls calls) {
			this.calls = calls;
		}

		@ServiceBusListener(queue = "payloads")
		void payloads(List<@Valid Order> orders) {
			this.calls.add(orders.toArray());
		}

		@ServiceBusListener(queue = "messages")
		void messages(List<Message<Order>> orders) {
			this.calls.add(orders.stream()
				.map((order) -> order.getPayload().count() + " " + order.getHeaders().get(ServiceBusHeaders.SUBJECT))
				.toArray());
		}

		@ServiceBusListener(queue = "received")
		void received(List<ServiceBusReceivedMessage> messages) {
			this.calls.add(messages.stream()
				.map((message) -> message.sequenceNumber() + " " + message.bodyAsString())
				.toArray());
		}

		@ServiceBusListener(queue = "settled")
		void settled(BatchSettlement settlement, List<Order> orders) {
			settlement.get(1).defer();
			settlement.complete();
		}

		@ServiceBusListener(queue = "reported", retry = "none")
		void reported(List<Order> orders, BatchContext batch) {
			batch.fail(1, new IllegalStateException("no stock"));
		}

		@ServiceBusListener(queue = "future")
		CompletableFuture<Void> future(List<Order> orders) {
			this.calls.add(orders.toArray());
			return this.end;
		}

		@ServiceBusListener(queue = "mono")
		Mono<Void> mono(List<Order> orders) {
			this.calls.add(orders.toArray());
			return Mono.fromFuture(this.end);
		}

	}

	record Order(@Positive int count) {

	}

}
