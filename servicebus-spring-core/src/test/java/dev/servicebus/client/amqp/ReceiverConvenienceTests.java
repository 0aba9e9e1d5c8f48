package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.client.DeadLetterOptions;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.SubQueue;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReceiverConvenienceTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

	@Test
	void messageIsDeadLetteredWithOptions() {
		try (SimulatedService service = SimulatedService.withQueue(1, "orders")) {
			service.send("orders", "a");
			ServiceBusReceiver receiver = service.client.receiver(ReceiverOptions.queue("orders"));
			service.await(receiver.deadLetterAsync(receiveOne(service, receiver),
					DeadLetterOptions.of("broken", "cannot be read").withPropertiesToModify(Map.of("by", "me"))));

			ServiceBusReceivedMessage dead = receiveOne(service,
					service.client.receiver(ReceiverOptions.queue("orders").withSubQueue(SubQueue.DEAD_LETTER)));
			assertThat(dead.deadLetterReason()).isEqualTo("broken");
			assertThat(dead.deadLetterErrorDescription()).isEqualTo("cannot be read");
			assertThat(dead.applicationProperties()).containsEntry("by", "me");
		}
	}

	@Test
	void timeLimitCoversAllAttempts() {
		try (SimulatedService service = SimulatedService.withQueue(2, "orders")) {
			service.send("orders", "a");
			ServiceBusReceiver receiver = service.client.receiver(ReceiverOptions.queue("orders"));
			ServiceBusReceivedMessage message = receiveOne(service, receiver);
			service.network.blackhole(Direction.BOTH);
			ServiceBusReceiver hasty = receiver.withTimeout(Duration.ofSeconds(3));
			Duration before = service.network.time().elapsed();

			CompletableFuture<Void> completed = hasty.completeAsync(message);
			CompletableFuture<List<ServiceBusReceivedMessage>> peeked = hasty.peekAsync(1, 0);
			assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> service.await(completed));
			assertThatExceptionOfType(OperationTimeoutException.class).isThrownBy(() -> service.await(peeked))
				.withMessageContaining("3000 ms");
			assertThat(service.network.time().elapsed().minus(before)).isBetween(Duration.ofSeconds(3),
					Duration.ofSeconds(4));
		}
	}

	@Test
	void cancelledReceiveWaitsNoLongerAndTakesNothing() {
		try (SimulatedService service = SimulatedService.withQueue(3, "orders")) {
			ServiceBusReceiver receiver = service.client.receiver(ReceiverOptions.queue("orders"));
			CompletableFuture<?> cancelled = receiver.receiveAsync(1, Duration.ofHours(1));
			service.run();
			cancelled.cancel(false);
			service.run();
			service.send("orders", "a");
			service.run();

			ServiceBusReceivedMessage message = receiveOne(service,
					service.client.receiver(ReceiverOptions.queue("orders")));
			assertThat(message.deliveryCount()).isZero();
		}
	}

	@Test
	void receiveWithoutLimitGoesOnAcrossLostConnections() {
		try (SimulatedService service = SimulatedService.withQueue(5, "orders")) {
			ServiceBusReceiver receiver = service.client.receiver(ReceiverOptions.queue("orders"));
			CompletableFuture<List<ServiceBusReceivedMessage>> received = receiver.receiveAsync(1,
					ChronoUnit.FOREVER.getDuration());
			for (int i = 0; i < 10; i++) {
				service.advance(Duration.ofMinutes(11));
				service.network.resetAll();
			}
			assertThat(received).isNotDone();
			service.send("orders", "at last");
			assertThat(service.await(received)).hasSize(1);
		}
	}

	@Test
	void messageThatHasWaitedHereForTooLongComesAgainUncounted() {
		try (SimulatedService service = SimulatedService.withQueue(6, "orders")) {
			service.send("orders", "a", "b", "c");
			ServiceBusReceiver receiver = service.client.receiver(ReceiverOptions.queue("orders").withPrefetch(2));
			service.await(receiver.completeAsync(receiveOne(service, receiver)));
			service.advance(Duration.ofMinutes(2));

			for (int i = 0; i < 2; i++) {
				ServiceBusReceivedMessage message = receiveOne(service, receiver);
				assertThat(message.deliveryCount()).isZero();
				service.await(receiver.completeAsync(message));
			}
			assertThat(service.emulator.queue("orders").messages()).isEmpty();
		}
	}

	@Test
	void messagesThatWereReceivedDestructivelyAreNotKept() {
		try (SimulatedService service = SimulatedService.withQueue(4, "orders")) {
			ServiceBusReceiver receiver = service.client.receiver(
					ReceiverOptions.queue("orders").withReceiveMode(ReceiveMode.RECEIVE_AND_DELETE).withPrefetch(2));
			for (int i = 0; i < 50; i++) {
				service.send("orders", "m" + i);
				assertThat(receiveOne(service, receiver).bodyAsString()).isEqualTo("m" + i);
			}
		}
	}

	/**
	 * Blocking methods need a broker on another thread.
	 */
	@Test
	void streamIsLazyAndEndsWhenNothingComes() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().port(0).queue("orders").build().start();
				ServiceBusClient client = ServiceBusClient.builder()
					.connectionString(emulator.connectionString())
					.build();
				ServiceBusReceiver receiver = client
					.receiver(ReceiverOptions.queue("orders").withMaxWait(Duration.ofMillis(500)))) {
			for (int i = 0; i < 5; i++) {
				client.sender("orders").send(ServiceBusMessage.of("m" + i));
			}
			assertThat(receiver.stream(WAIT).limit(2).peek(receiver::complete))
				.extracting(ServiceBusReceivedMessage::bodyAsString)
				.containsExactly("m0", "m1");
			assertThat(emulator.queue("orders").messages()).hasSize(3)
				.allSatisfy((message) -> assertThat(message.deliveryCount()).isZero());
			assertThat(receiver.stream().peek(receiver::complete)).hasSize(3);
			assertThat(emulator.queue("orders").messages()).isEmpty();
			assertThat(receiver.receive(1)).isEmpty();
		}
	}

	private static ServiceBusReceivedMessage receiveOne(SimulatedService service, ServiceBusReceiver receiver) {
		List<ServiceBusReceivedMessage> messages = service.await(receiver.receiveAsync(1, WAIT));
		assertThat(messages).hasSize(1);
		return messages.get(0);
	}

}
