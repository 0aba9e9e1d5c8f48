package dev.servicebus.client.reliability;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.client.reliability.FaultBench.SourceRecorder;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * F04 and M39: the broker has lost a link, says nothing about it, and keeps the
 * connection alive.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LostLinkFaultTests {

	/** Within which the probe finds a lost link. */
	private static final Duration PROBE_PERIOD = Duration.ofSeconds(45);

	@Test
	void m39ListenerOnALostLinkReceivesAgainWithoutHearingOfIt() {
		try (FaultBench bench = new FaultBench(1)) {
			SourceRecorder listener = bench.listen(10);
			bench.service.advance(Duration.ofMinutes(1));
			bench.faults().forgetLinks("orders");
			bench.send("waiting");
			bench.service.advance(PROBE_PERIOD);
			assertThat(listener.messages).extracting(ServiceBusReceivedMessage::bodyAsString)
				.containsExactly("waiting");
			assertThat(listener.failures).isEmpty();
		}
	}

	@Test
	void m39ListenerWithPrefetchReceivesAgain() {
		try (FaultBench bench = new FaultBench(2)) {
			SourceRecorder listener = bench.listen(ReceiverOptions.queue("orders").withPrefetch(10), 10);
			bench.faults().forgetLinks("orders");
			bench.send("waiting");
			bench.service.advance(PROBE_PERIOD);
			assertThat(listener.messages).hasSize(1);
		}
	}

	@Test
	void m39RequestForMessagesOnALostLinkIsServed() {
		try (FaultBench bench = new FaultBench(3)) {
			CompletableFuture<List<ServiceBusReceivedMessage>> waiting = bench.receiver()
				.receiveAsync(1, Duration.ofMinutes(5));
			bench.service.run();
			bench.faults().forgetLinks("orders");
			bench.send("waiting");
			assertThat(bench.timed(() -> assertThat(bench.service.await(waiting)).hasSize(1))).isLessThan(PROBE_PERIOD);
		}
	}

	@Test
	void m39SettlementOnALostLinkGoesThroughTheManagementNode() {
		try (FaultBench bench = new FaultBench(4)) {
			ServiceBusReceiver receiver = bench.receiver();
			bench.send("in hand");
			ServiceBusReceivedMessage message = bench.receive(receiver, 1).get(0);
			bench.faults().forgetLinks("orders");
			assertThat(bench.timed(() -> bench.complete(receiver, message))).isLessThan(Duration.ofSeconds(25));
			assertThat(bench.stored()).isZero();
		}
	}

	@Test
	void m39SessionOnALostLinkIsGrantedAgain() {
		EntityOptions withSessions = EntityOptions.builder().requiresSession(true).build();
		try (FaultBench bench = new FaultBench(5, ServiceBusEmulator.builder().queue("sessions", withSessions))) {
			SessionReceiver receiver = bench.service
				.await(bench.service.client.acceptSessionAsync(ReceiverOptions.queue("sessions"), "s"));
			CompletableFuture<List<ServiceBusReceivedMessage>> waiting = receiver.receiveAsync(1,
					Duration.ofMinutes(5));
			bench.service.run();
			bench.faults().forgetLinks("sessions");
			bench.service.await(bench.service.client.sender("sessions")
				.sendAsync(ServiceBusMessage.builder().body("m").sessionId("s").build()));
			assertThat(bench.timed(() -> assertThat(bench.service.await(waiting)).hasSize(1))).isLessThan(PROBE_PERIOD);
		}
	}

	@Test
	void m39SendOnALostLinkIsRepeatedOrUnknownAndTheNextOneWorks() {
		try (FaultBench bench = new FaultBench(6)) {
			bench.send("before");
			bench.faults().forgetLinks("orders");
			CompletableFuture<Void> lost = bench.startSend("lost");
			bench.service.advance(FaultBench.OPERATION_TIMEOUT.plus(FaultBench.TOLERANCE));
			assertThat(lost).isDone();
			assertThat(bench.timed(() -> bench.send("after"))).isLessThan(Duration.ofSeconds(1));
		}
	}

	@Test
	void f04HealthyLinkIsNotReplacedHoweverLongItIsSilent() {
		try (FaultBench bench = new FaultBench(7)) {
			SourceRecorder listener = bench.listen(10);
			ServiceBusReceiver receiver = bench.receiver();
			CompletableFuture<List<ServiceBusReceivedMessage>> waiting = receiver.receiveAsync(1, Duration.ofHours(9));
			bench.service.run();
			// Would take the first attach that comes after all.
			bench.faults().onAttachReceiver("orders").ignore();
			bench.service.advance(Duration.ofHours(8));
			assertThat(bench.faults().log()).isEmpty();
			assertThat(listener.readies).isOne();
			assertThat(waiting).isNotDone();
		}
	}

}
