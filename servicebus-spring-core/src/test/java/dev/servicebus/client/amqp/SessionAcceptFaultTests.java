package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The connection breaks at every step of accepting a session: while the token is put, the
 * session begun, the link attached, the answer read. The accept is repeated on a new
 * connection, and whatever the broker has granted to the old one is free again.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SessionAcceptFaultTests {

	private static final ReceiverOptions ORDERS = ReceiverOptions.queue("orders");

	private static final EntityOptions SESSIONS = EntityOptions.builder().requiresSession(true).build();

	private static final int STEP = 40;

	/** More than what goes either way while a session is accepted. */
	private static final int BYTES = 2000;

	static Stream<Arguments> cuts() {
		return IntStream.range(0, BYTES / STEP)
			.boxed()
			.flatMap((step) -> Stream.of(Direction.TO_LISTENER, Direction.TO_DIALER)
				.map((direction) -> Arguments.of(direction, step * STEP)));
	}

	@ParameterizedTest
	@MethodSource("cuts")
	void namedSessionIsAcceptedInSpiteOfTheBreak(Direction direction, int bytes) {
		run(direction, bytes, (client) -> client.acceptSessionAsync(ORDERS, "s1"));
	}

	@ParameterizedTest
	@MethodSource("cuts")
	void nextSessionIsAcceptedInSpiteOfTheBreak(Direction direction, int bytes) {
		run(direction, bytes, (client) -> client.acceptNextSessionAsync(ORDERS, Duration.ofSeconds(20)));
	}

	@Test
	void refusalsThatPassAreWaitedOut() {
		try (SimulatedService service = SimulatedService.of(1,
				ServiceBusEmulator.builder().queue("orders", SESSIONS))) {
			service.emulator.faults().onAttachReceiver("orders").next(3).refuse(FaultError.serverBusy());
			assertThat(service.await(service.client.acceptSessionAsync(ORDERS, "s1")).session().sessionId())
				.isEqualTo("s1");
		}
	}

	@Test
	void linkThatIsDetachedIsAcceptedAgain() {
		try (SimulatedService service = SimulatedService.of(2,
				ServiceBusEmulator.builder().queue("orders", SESSIONS))) {
			SessionReceiver receiver = service.await(service.client.acceptSessionAsync(ORDERS, "s1"));
			service.emulator.faults().detachLinks("orders", FaultError.detachForced());
			service.run();
			service.await(receiver.session().setStateAsStringAsync("still mine"));
			assertThat(service.emulator.queue("orders").consumers()).isOne();
		}
	}

	@Test
	void detachThatNamesTheLostLockIsBelieved() {
		try (SimulatedService service = SimulatedService.of(3,
				ServiceBusEmulator.builder().queue("orders", SESSIONS))) {
			SessionReceiver receiver = service.await(service.client.acceptSessionAsync(ORDERS, "s1"));
			service.emulator.faults().detachLinks("orders", FaultError.of("com.microsoft:session-lock-lost"));
			service.run();
			assertThatExceptionOfType(SessionLockLostException.class)
				.isThrownBy(() -> service.await(receiver.session().getStateAsync()));
			assertThat(service.emulator.queue("orders").consumers()).isZero();
		}
	}

	@Test
	void acceptThatIsNeverAnsweredGivesUpAndLeavesNothing() {
		try (SimulatedService service = SimulatedService.of(4,
				ServiceBusEmulator.builder().queue("orders", SESSIONS))) {
			service.emulator.faults().onAttachReceiver("orders").next(1).swallowAnswer();
			assertThatExceptionOfType(ServiceBusException.class)
				.isThrownBy(() -> service.await(service.client.acceptSessionAsync(ORDERS, "s1")));
			service.run();
			assertThat(service.emulator.queue("orders").consumers()).isZero();
			assertThat(service.await(service.client.acceptSessionAsync(ORDERS, "s1")).session().sessionId())
				.isEqualTo("s1");
		}
	}

	@Test
	void sessionOfASubscriptionIsAccepted() {
		try (SimulatedService service = SimulatedService.of(5,
				ServiceBusEmulator.builder().topic("news").subscription("news", "all", SESSIONS))) {
			service.await(service.client.sender("news")
				.sendAsync(ServiceBusMessage.builder().body("a").sessionId("s1").build()));
			SessionReceiver receiver = service.await(service.client
				.acceptNextSessionAsync(ReceiverOptions.subscription("news", "all"), Duration.ofSeconds(5)));
			assertThat(receiver.session().sessionId()).isEqualTo("s1");
			service.await(receiver.session().renewLockAsync());
			ServiceBusReceivedMessage message = service.await(receiver.receiveAsync(1, Duration.ofSeconds(5))).get(0);
			service.await(receiver.completeAsync(message));
			assertThat(service.emulator.subscription("news", "all").messages()).isEmpty();
		}
	}

	private static void run(Direction direction, int bytes, Accept accept) {
		try (SimulatedService service = SimulatedService.of(bytes,
				ServiceBusEmulator.builder().queue("orders", SESSIONS).queue("other"))) {
			// Connects, so that the break hits the accept.
			service.send("other", "1");
			try (ServiceBusClient sender = service.client(service.emulator.connectionString())) {
				service.await(sender.sender("orders")
					.sendAsync(ServiceBusMessage.builder().body("a").sessionId("s1").build()));
				CompletableFuture<SessionReceiver> accepted = accept.start(service.client);
				service.network.connections().get(0).resetAfter(direction, bytes);
				SessionReceiver receiver = service.await(accepted);
				assertThat(receiver.session().sessionId()).isEqualTo("s1");
				service.run();

				assertThat(service.await(receiver.receiveAsync(1, Duration.ofSeconds(30)))).hasSize(1);
				assertThat(service.emulator.queue("orders").consumers()).isOne();
				receiver.close();
				service.run();
				assertThat(service.emulator.queue("orders").consumers()).isZero();
			}
		}
	}

	@FunctionalInterface
	private interface Accept {

		CompletableFuture<SessionReceiver> start(ServiceBusClient client);

	}

}
