package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams fetch some messages ahead, and keep none.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReceiverStreamTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

	private static final int AHEAD = 15;

	private static final ReceiverOptions ORDERS = ReceiverOptions.queue("orders");

	@Test
	void messagesThatWereFetchedAheadCostNoTime() {
		try (SimulatedService service = SimulatedService.withQueue(1, "orders")) {
			sendMany(service, 40);
			AmqpReceiver receiver = (AmqpReceiver) service.client.receiver(ORDERS);
			List<String> bodies = new ArrayList<>();
			int waits = 0;
			for (int i = 0; i < 40; i++) {
				Duration before = service.network.time().elapsed();
				ServiceBusReceivedMessage message = service.await(next(receiver)).get(0);
				waits += service.network.time().elapsed().equals(before) ? 0 : 1;
				bodies.add(message.bodyAsString());
				assertThat(locked(service.emulator)).isLessThanOrEqualTo(AHEAD + 1L + i);
			}
			assertThat(bodies).hasSize(40).doesNotHaveDuplicates().startsWith("m0", "m1").endsWith("m39");
			assertThat(waits).as("one for a message and one for its followers, three times").isLessThanOrEqualTo(6);
		}
	}

	@Test
	void messagesThatNobodyAsksForGoBackBeforeHalfOfTheirLock() {
		try (SimulatedService service = SimulatedService.withQueue(2, "orders")) {
			sendMany(service, 3);
			AmqpReceiver receiver = (AmqpReceiver) service.client.receiver(ORDERS);
			ServiceBusReceivedMessage first = service.await(next(receiver)).get(0);
			service.run();
			assertThat(locked(service.emulator)).isEqualTo(3);
			service.advance(Duration.ofSeconds(31));

			List<ServiceBusReceivedMessage> others = service
				.await(service.client.receiver(ORDERS).receiveAsync(5, WAIT));
			assertThat(others).extracting(ServiceBusReceivedMessage::bodyAsString).containsExactly("m1", "m2");
			assertThat(others).allSatisfy((message) -> assertThat(message.deliveryCount()).isZero());
			service.await(first.completeAsync());
		}
	}

	@Test
	void streamThatEndsWhileMessagesAreOnTheirWayKeepsNone() {
		try (SimulatedService service = SimulatedService.withQueue(4, "orders")) {
			sendMany(service, 10);
			AmqpReceiver receiver = (AmqpReceiver) service.client.receiver(ORDERS);
			ServiceBusReceivedMessage first = service.await(next(receiver)).get(0);
			receiver.requests().streamEnded();
			service.await(first.completeAsync());
			service.run();
			assertThat(locked(service.emulator)).isZero();
			assertThat(service.emulator.queue("orders").messages()).hasSize(9)
				.allSatisfy((message) -> assertThat(message.deliveryCount()).isZero());
		}
	}

	@Test
	void messagesOfASessionStayWithItInOrderWhenAStreamEnds() {
		try (SimulatedService service = SimulatedService.of(3,
				ServiceBusEmulator.builder().queue("orders", EntityOptions.builder().requiresSession(true).build()))) {
			for (int i = 0; i < 40; i++) {
				service.await(service.client.sender("orders")
					.sendAsync(ServiceBusMessage.builder().body("m" + i).sessionId("A").build()));
			}
			AmqpReceiver receiver = (AmqpReceiver) service.await(service.client.acceptSessionAsync(ORDERS, "A"));
			for (int i = 0; i < 40; i++) {
				ServiceBusReceivedMessage message = service.await(next(receiver)).get(0);
				assertThat(message.bodyAsString()).isEqualTo("m" + i);
				assertThat(message.deliveryCount()).isZero();
				service.await(message.completeAsync());
				if (i % 3 == 0) {
					receiver.requests().streamEnded();
				}
			}
		}
	}

	/**
	 * Blocking methods need a broker on another thread.
	 */
	@Test
	void closedStreamGivesBackWhatItDidNotHandOut() {
		try (ServiceBusEmulator emulator = emulator(5); ServiceBusClient client = client(emulator)) {
			ServiceBusReceiver receiver = client.receiver(ORDERS);
			try (Stream<ServiceBusReceivedMessage> stream = receiver.stream(WAIT)) {
				stream.iterator().next().complete();
				Awaitility.await().untilAsserted(() -> assertThat(locked(emulator)).isEqualTo(4));
			}
			Awaitility.await().untilAsserted(() -> assertThat(locked(emulator)).isZero());
			assertThat(emulator.queue("orders").messages())
				.allSatisfy((message) -> assertThat(message.deliveryCount()).isZero());
		}
	}

	@Test
	void streamWithPrefetchThatIsLeftEarlyKeepsTheRestForTheReceiver() {
		try (ServiceBusEmulator emulator = emulator(10); ServiceBusClient client = client(emulator)) {
			ServiceBusReceiver receiver = client.receiver(ORDERS.withPrefetch(4));
			try (Stream<ServiceBusReceivedMessage> stream = receiver.stream(WAIT)) {
				Iterator<ServiceBusReceivedMessage> messages = stream.iterator();
				for (int i = 0; i < 3; i++) {
					messages.next().complete();
				}
			}
			List<ServiceBusReceivedMessage> next = receiver.receive(1, WAIT);
			assertThat(next).extracting(ServiceBusReceivedMessage::bodyAsString).containsExactly("m3");
			next.get(0).complete();
			receiver.close();
			Awaitility.await().untilAsserted(() -> assertThat(locked(emulator)).isZero());
			assertThat(emulator.queue("orders").messages()).hasSize(6)
				.allSatisfy((message) -> assertThat(message.deliveryCount()).isZero());
		}
	}

	@Test
	void streamThatDeletesTakesNothingAhead() {
		try (ServiceBusEmulator emulator = emulator(3); ServiceBusClient client = client(emulator)) {
			ServiceBusReceiver receiver = client.receiver(ORDERS.withReceiveMode(ReceiveMode.RECEIVE_AND_DELETE));
			assertThat(receiver.stream(WAIT).limit(1)).hasSize(1);
			assertThat(emulator.queue("orders").messages()).hasSize(2);
		}
	}

	private static CompletableFuture<List<ServiceBusReceivedMessage>> next(AmqpReceiver receiver) {
		CompletableFuture<List<ServiceBusReceivedMessage>> next = new CompletableFuture<>();
		new ReceiveCall(receiver, new ReceiveLimits(1, AHEAD, WAIT)).start(new Completion<>() {
			@Override
			public void success(List<ServiceBusReceivedMessage> result) {
				next.complete(result);
			}

			@Override
			public void failure(ServiceBusException failure) {
				next.completeExceptionally(failure);
			}
		});
		return next;
	}

	private static long locked(ServiceBusEmulator emulator) {
		return emulator.queue("orders").messages().stream().filter(StoredMessage::isLocked).count();
	}

	private static void sendMany(SimulatedService service, int count) {
		for (int i = 0; i < count; i++) {
			service.send("orders", "m" + i);
		}
	}

	private static ServiceBusEmulator emulator(int messages) {
		ServiceBusEmulator emulator = ServiceBusEmulator.builder().port(0).queue("orders").build().start();
		try (ServiceBusClient client = client(emulator)) {
			for (int i = 0; i < messages; i++) {
				client.sender("orders").send(ServiceBusMessage.of("m" + i));
			}
		}
		return emulator;
	}

	private static ServiceBusClient client(ServiceBusEmulator emulator) {
		return ServiceBusClient.builder().connectionString(emulator.connectionString()).build();
	}

}
