package dev.servicebus.client.amqp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageErrorException;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.NoActiveSessionException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionCannotBeLockedException;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionReceiverTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

	private static final ReceiverOptions ORDERS = ReceiverOptions.queue("orders");

	private final SimulatedService service = SimulatedService.of(3,
			ServiceBusEmulator.builder()
				.queue("orders",
						EntityOptions.builder().requiresSession(true).lockDuration(Duration.ofSeconds(60)).build())
				.queue("plain"));

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void sessionsThatHaveMessagesOrAStateAreListed() {
		assertThat(this.service.await(this.service.client.listSessionsAsync(ORDERS))).isEmpty();
		List<String> expected = new ArrayList<>();
		for (int number = 0; number < 250; number++) {
			expected.add("s" + number);
			this.service.await(this.service.client.sender("orders")
				.sendAsync(ServiceBusMessage.builder().body("body").sessionId("s" + number).build()));
		}
		SessionReceiver empty = this.service.await(this.service.client.acceptSessionAsync(ORDERS, "empty"));
		assertThat(this.service.await(this.service.client.listSessionsAsync(ORDERS))).isEqualTo(expected);

		this.service.await(empty.session().setStateAsStringAsync("state"));
		assertThat(this.service.await(this.service.client.listSessionsAsync(ORDERS))).hasSize(251).contains("empty");
	}

	@Test
	void namedSessionIsAcceptedWithoutMessages() {
		SessionReceiver receiver = accept("s1");

		assertThat(receiver.session().sessionId()).isEqualTo("s1");
		assertThat(receiver.session().lockedUntil()).isBetween(now().plusSeconds(59), now().plusSeconds(60));
		assertThat(receive(receiver, 1)).isEmpty();
	}

	@Test
	void sessionThatIsClosedCanBeAcceptedAtOnce() {
		for (int i = 0; i < 3; i++) {
			SessionReceiver first = accept("s1");
			first.close();
		}
		assertThat(accept("s1").session().sessionId()).isEqualTo("s1");
	}

	@Test
	void emptySessionIdIsASessionLikeAnyOther() {
		send("", "a");
		assertThat(bodies(receive(accept(""), 10))).containsExactly("a");
	}

	@Test
	void onlyMessagesOfTheSessionComeAndInOrder() {
		send("s1", "a", "b");
		send("s2", "x");
		send("s1", "c");

		assertThat(bodies(receive(accept("s1"), 10))).containsExactly("a", "b", "c");
	}

	@Test
	void nextSessionIsOneThatHasMessages() {
		send("s7", "a");
		SessionReceiver receiver = acceptNext();

		assertThat(receiver.session().sessionId()).isEqualTo("s7");
		assertThat(bodies(receive(receiver, 1))).containsExactly("a");
	}

	@Test
	void nextSessionIsAwaited() {
		CompletableFuture<SessionReceiver> accepted = this.service.client.acceptNextSessionAsync(ORDERS,
				Duration.ofMinutes(3));
		this.service.advance(Duration.ofMinutes(2));
		assertThat(accepted).isNotDone();

		send("late", "a");
		assertThat(this.service.await(accepted).session().sessionId()).isEqualTo("late");
	}

	@Test
	void noSessionWithinTheWaitIsToldSo() {
		Duration before = this.service.network.time().elapsed();
		assertThatExceptionOfType(NoActiveSessionException.class).isThrownBy(this::acceptNext)
			.withMessageContaining("orders");
		assertThat(this.service.network.time().elapsed().minus(before)).isBetween(WAIT, WAIT.plusSeconds(1));
	}

	@Test
	void sessionOfSomebodyElseCannotBeLocked() {
		accept("s1");
		Duration before = this.service.network.time().elapsed();

		assertThatExceptionOfType(SessionCannotBeLockedException.class).isThrownBy(() -> accept("s1"))
			.withMessageContaining("s1");
		assertThat(this.service.network.time().elapsed().minus(before)).isLessThan(Duration.ofSeconds(1));
	}

	@Test
	void closedReceiverGivesItsSessionBack() {
		send("s1", "a", "b");
		SessionReceiver first = accept("s1");
		receive(first, 1);
		first.close();
		this.service.run();

		assertThat(receive(accept("s1"), 10)).extracting(ServiceBusReceivedMessage::bodyAsString)
			.containsExactly("a", "b");
		assertThat(this.service.emulator.queue("orders").messages())
			.allSatisfy((message) -> assertThat(message.deliveryCount()).isZero());
	}

	@Test
	void cancelledAcceptWaitsNoLonger() {
		CompletableFuture<SessionReceiver> accepted = this.service.client.acceptNextSessionAsync(ORDERS, WAIT);
		this.service.run();
		accepted.cancel(false);
		send("s1", "a");

		assertThat(acceptNext().session().sessionId()).isEqualTo("s1");
	}

	@Test
	void sessionThatIsGrantedToNobodyIsGivenBack() {
		send("s1", "a");
		CompletableFuture<SessionReceiver> accepted = this.service.client.acceptSessionAsync(ORDERS, "s1");
		accepted.cancel(false);
		this.service.run();

		assertThat(this.service.emulator.queue("orders").consumers()).isZero();
		assertThat(bodies(receive(accept("s1"), 1))).containsExactly("a");
	}

	@Test
	void acceptThatIsNotAnsweredEndsAndLeavesNothing() {
		send("s1", "a");
		this.service.network.blackhole(Direction.BOTH);
		assertThatExceptionOfType(OperationTimeoutException.class).isThrownBy(() -> accept("s1"));

		this.service.network.heal();
		this.service.advance(Duration.ofMinutes(2));
		assertThat(this.service.emulator.queue("orders").consumers()).isZero();
	}

	@Test
	void missingQueueIsNamed() {
		assertThatExceptionOfType(MessagingEntityNotFoundException.class).isThrownBy(
				() -> this.service.await(this.service.client.acceptSessionAsync(ReceiverOptions.queue("none"), "s1")))
			.withMessageContaining("none");
	}

	@Test
	void queueWithoutSessionsRefuses() {
		assertThatExceptionOfType(ServiceBusException.class).isThrownBy(
				() -> this.service.await(this.service.client.acceptSessionAsync(ReceiverOptions.queue("plain"), "s1")));
	}

	@Test
	void stateIsKeptWithTheSession() {
		SessionReceiver receiver = accept("s1");
		assertThat(this.service.await(receiver.session().getStateAsync())).isNull();
		assertThat(this.service.await(receiver.session().getStateAsStringAsync())).isNull();

		this.service.await(receiver.session().setStateAsStringAsync("größe"));
		assertThat(this.service.await(receiver.session().getStateAsStringAsync())).isEqualTo("größe");
		receiver.close();
		this.service.run();

		SessionReceiver again = accept("s1");
		assertThat(this.service.await(again.session().getStateAsync()))
			.isEqualTo("größe".getBytes(StandardCharsets.UTF_8));
		this.service.await(again.session().setStateAsync(null));
		assertThat(this.service.await(again.session().getStateAsync())).isNull();
	}

	@Test
	void renewedLockHoldsForTheSessionAndItsMessages() {
		send("s1", "a");
		SessionReceiver receiver = accept("s1");
		ServiceBusReceivedMessage message = receive(receiver, 1).get(0);
		this.service.advance(Duration.ofSeconds(40));
		OffsetDateTime until = this.service.await(receiver.session().renewLockAsync());
		assertThat(receiver.session().lockedUntil()).isEqualTo(until);
		assertThat(message.lockedUntil()).isEqualTo(until);

		this.service.advance(Duration.ofSeconds(40));
		settle(receiver, message, new Disposition.Complete());
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void lockOfOneMessageCannotBeRenewed() {
		send("s1", "a");
		SessionReceiver receiver = accept("s1");
		ServiceBusReceivedMessage message = receive(receiver, 1).get(0);

		assertThatExceptionOfType(MessageErrorException.class)
			.isThrownBy(() -> this.service.await(receiver.renewLockAsync(message)))
			.withMessageContaining("session");
	}

	@Test
	void lostLockEndsEverything() {
		send("s1", "a", "b");
		SessionReceiver receiver = accept("s1");
		ServiceBusReceivedMessage message = receive(receiver, 1).get(0);
		this.service.advance(Duration.ofMinutes(2));

		List<CompletableFuture<?>> operations = List.of(receiver.settleAsync(message, new Disposition.Complete()),
				receiver.receiveAsync(1, WAIT), receiver.peekAsync(1, 0), receiver.receiveDeferredAsync(List.of(1L)),
				receiver.session().renewLockAsync(), receiver.session().getStateAsync(),
				receiver.session().setStateAsync(new byte[1]));
		assertThat(operations).allSatisfy((operation) -> assertThatExceptionOfType(SessionLockLostException.class)
			.isThrownBy(() -> this.service.await(operation))
			.withMessageContaining("s1"));
		assertThat(bodies(receive(accept("s1"), 10))).containsExactly("a", "b");
	}

	@Test
	void automaticRenewalKeepsTheSessionForAsLongAsItIsUsed() {
		SessionReceiver receiver = this.service
			.await(this.service.client.acceptSessionAsync(ORDERS.withMaxLockRenewal(Duration.ofMinutes(5)), "s1"));
		for (int i = 0; i < 5; i++) {
			this.service.advance(Duration.ofMinutes(4));
			send("s1", "m" + i);
			settle(receiver, receive(receiver, 1).get(0), new Disposition.Complete());
		}
		assertThat(receiver.session().autoRenewError()).isNull();

		this.service.advance(Duration.ofMinutes(7));
		assertThat(receiver.session().autoRenewError()).isNotNull();
		assertThatExceptionOfType(SessionLockLostException.class)
			.isThrownBy(() -> this.service.await(receiver.session().getStateAsync()));
	}

	@Test
	void sessionIsGrantedAgainWhenItsLinkWasLost() {
		send("s1", "a", "b");
		SessionReceiver receiver = accept("s1");
		ServiceBusReceivedMessage message = receive(receiver, 1).get(0);
		this.service.network.resetAll();
		this.service.run();

		assertThatExceptionOfType(MessageLockLostException.class)
			.isThrownBy(() -> settle(receiver, message, new Disposition.Complete()));
		List<ServiceBusReceivedMessage> again = receive(receiver, 10);
		assertThat(bodies(again)).containsExactly("a", "b");
		again.forEach((each) -> settle(receiver, each, new Disposition.Complete()));
		assertThat(this.service.await(receiver.session().getStateAsync())).isNull();
	}

	@Test
	void sessionThatSomebodyElseHasTakenInTheMeantimeIsLost() {
		send("s1", "a");
		SessionReceiver receiver = accept("s1");
		try (ServiceBusClient rival = this.service.client(this.service.emulator.connectionString())) {
			CompletableFuture<SessionReceiver> next = rival.acceptNextSessionAsync(ORDERS, Duration.ofMinutes(1));
			this.service.run();
			this.service.network.connections().get(0).reset();
			SessionReceiver other = this.service.await(next);
			assertThat(other.session().sessionId()).isEqualTo("s1");
			this.service.run();

			assertThatExceptionOfType(SessionLockLostException.class)
				.isThrownBy(() -> this.service.await(receiver.session().setStateAsStringAsync("mine")));
			assertThat(this.service.await(other.session().getStateAsStringAsync())).isNull();
			assertThat(bodies(receive(other, 1))).containsExactly("a");
		}
	}

	@Test
	void outageLongerThanTheLockLosesTheSession() {
		SessionReceiver receiver = accept("s1");
		this.service.network.refuseConnections();
		this.service.network.resetAll();
		this.service.advance(Duration.ofSeconds(61));

		assertThatExceptionOfType(SessionLockLostException.class)
			.isThrownBy(() -> this.service.await(receiver.receiveAsync(1, WAIT)));
		this.service.network.heal();
		this.service.advance(Duration.ofMinutes(1));
		assertThat(this.service.emulator.queue("orders").consumers()).isZero();
	}

	@Test
	void abandonedMessageComesBeforeThoseThatWereFetchedAhead() {
		send("s1", "a", "b", "c", "d", "e");
		SessionReceiver receiver = this.service
			.await(this.service.client.acceptSessionAsync(ORDERS.withPrefetch(3), "s1"));
		ServiceBusReceivedMessage first = receive(receiver, 1).get(0);
		settle(receiver, first, new Disposition.Abandon(Map.of()));

		List<String> order = new ArrayList<>();
		while (order.size() < 5) {
			ServiceBusReceivedMessage next = receive(receiver, 1).get(0);
			order.add(next.bodyAsString() + next.deliveryCount());
			settle(receiver, next, new Disposition.Complete());
		}
		assertThat(order).containsExactly("a1", "b0", "c0", "d0", "e0");
	}

	@Test
	void deferredMessageOfASessionIsReceivedAndSettled() {
		send("s1", "a");
		SessionReceiver receiver = accept("s1");
		ServiceBusReceivedMessage message = receive(receiver, 1).get(0);
		settle(receiver, message, new Disposition.Defer(Map.of()));

		ServiceBusReceivedMessage deferred = this.service
			.await(receiver.receiveDeferredAsync(List.of(message.sequenceNumber())))
			.get(0);
		settle(receiver, deferred, new Disposition.Complete());
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void peekShowsTheSessionOnly() {
		send("s2", "x");
		send("s1", "a");
		assertThat(bodies(this.service.await(accept("s1").peekAsync(10, 0)))).containsExactly("a");
	}

	@Test
	void acceptsThatTimeOutLeaveNothingBehind() {
		for (int i = 0; i < 200; i++) {
			CompletableFuture<SessionReceiver> accepted = this.service.client.acceptNextSessionAsync(ORDERS,
					Duration.ofMillis(100));
			assertThatExceptionOfType(NoActiveSessionException.class).isThrownBy(() -> this.service.await(accepted));
		}
		assertThat(this.service.emulator.queue("orders").consumers()).isZero();
		send("s1", "a");
		assertThat(acceptNext().session().sessionId()).isEqualTo("s1");
	}

	@Test
	void waitingAcceptEndsWithTheClient() {
		CompletableFuture<SessionReceiver> accepted = this.service.client.acceptNextSessionAsync(ORDERS,
				Duration.ofMinutes(10));
		this.service.run();
		this.service.client.close();
		assertThatExceptionOfType(ServiceBusException.class).isThrownBy(() -> this.service.await(accepted))
			.withMessageContaining("closed");
	}

	private SessionReceiver accept(String sessionId) {
		return this.service.await(this.service.client.acceptSessionAsync(ORDERS, sessionId));
	}

	private SessionReceiver acceptNext() {
		return this.service.await(this.service.client.acceptNextSessionAsync(ORDERS, WAIT));
	}

	private void send(String sessionId, String... bodies) {
		for (String body : bodies) {
			this.service.await(this.service.client.sender("orders").sendAsync(message(sessionId, body)));
		}
	}

	private static ServiceBusMessage message(String sessionId, String body) {
		return ServiceBusMessage.builder().body(body).sessionId(sessionId).build();
	}

	private List<ServiceBusReceivedMessage> receive(SessionReceiver receiver, int max) {
		return this.service.await(receiver.receiveAsync(max, WAIT));
	}

	private void settle(SessionReceiver receiver, ServiceBusReceivedMessage message, Disposition disposition) {
		this.service.await(receiver.settleAsync(message, disposition));
	}

	private static List<String> bodies(List<ServiceBusReceivedMessage> messages) {
		return messages.stream().map(ServiceBusReceivedMessage::bodyAsString).toList();
	}

	private OffsetDateTime now() {
		return this.service.network.time().clock().instant().atOffset(ZoneOffset.UTC);
	}

}
