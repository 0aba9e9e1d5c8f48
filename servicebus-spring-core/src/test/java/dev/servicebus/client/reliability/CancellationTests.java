package dev.servicebus.client.reliability;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A future that is cancelled releases what it holds, at whatever instant that happens.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CancellationTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 25 })
	void cancelledReceiveGivesItsMessageBackUncounted(int afterMillis) {
		try (FaultBench bench = new FaultBench(afterMillis)) {
			bench.send("m");
			CompletableFuture<List<ServiceBusReceivedMessage>> cancelled = bench.receiver()
				.receiveAsync(2, Duration.ofSeconds(10));
			bench.service.advance(Duration.ofMillis(afterMillis));
			if (cancelled.cancel(false)) {
				bench.service.run();
				assertThat(bench.service.emulator.queue("orders").messages()).hasSize(1)
					.noneMatch(StoredMessage::isLocked)
					.allMatch((message) -> message.deliveryCount() == 0);
				assertThat(bench.receive(bench.receiver(), 1)).hasSize(1);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 25 })
	void cancelledReceiveOfDeferredMessagesLeavesThemDeferred(int afterMillis) {
		try (FaultBench bench = new FaultBench(afterMillis)) {
			bench.send("m");
			ServiceBusReceiver receiver = bench.receiver();
			ServiceBusReceivedMessage message = bench.receive(receiver, 1).get(0);
			bench.service.await(receiver.deferAsync(message));
			List<Long> number = List.of(message.sequenceNumber());
			CompletableFuture<List<ServiceBusReceivedMessage>> cancelled = receiver.receiveDeferredAsync(number);
			bench.service.advance(Duration.ofMillis(afterMillis));
			if (cancelled.cancel(false)) {
				bench.service.run();
				assertThat(bench.service.emulator.queue("orders").messages()).hasSize(1)
					.noneMatch(StoredMessage::isLocked);
				assertThat(bench.service.await(receiver.receiveDeferredAsync(number))).hasSize(1);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 25 })
	void cancelledAcceptGivesItsSessionBack(int afterMillis) {
		EntityOptions withSessions = EntityOptions.builder().requiresSession(true).build();
		ReceiverOptions sessions = ReceiverOptions.queue("sessions");
		try (FaultBench bench = new FaultBench(afterMillis,
				ServiceBusEmulator.builder().queue("sessions", withSessions))) {
			CompletableFuture<SessionReceiver> cancelled = bench.service.client.acceptSessionAsync(sessions, "s");
			bench.service.advance(Duration.ofMillis(afterMillis));
			if (cancelled.cancel(false)) {
				bench.service.run();
				assertThat(bench
					.timed(() -> bench.service.await(bench.service.client.acceptSessionAsync(sessions, "s")).close()))
					.isLessThan(Duration.ofSeconds(1));
			}
		}
	}

}
