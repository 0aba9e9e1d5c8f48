package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.SessionMessageSource;
import dev.servicebus.client.SessionSource;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionSourceTests {

	private static final ReceiverOptions ORDERS = ReceiverOptions.queue("orders")
		.withMaxLockRenewal(Duration.ofMinutes(5));

	private final SimulatedService service = SimulatedService.of(4, ServiceBusEmulator.builder()
		.queue("orders", EntityOptions.builder().requiresSession(true).lockDuration(Duration.ofSeconds(30)).build()));

	private final Received received = new Received();

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void nothingComesWithoutDemand() {
		send("s1", "a");
		open(ORDERS);
		this.service.run();
		assertThat(this.received.held).isEmpty();
	}

	@Test
	void noMoreSessionsAreHeldThanAskedFor() {
		for (int i = 0; i < 5; i++) {
			send("s" + i, "a");
		}
		SessionSource source = open(ORDERS);
		source.demand(2);
		this.service.run();
		assertThat(this.received.held).containsOnlyKeys("s0", "s1");

		this.received.held.get("s0").complete();
		this.received.held.remove("s0").source.close();
		this.service.run();
		assertThat(this.received.held).as("one was closed, one more came").containsOnlyKeys("s1", "s2");
		assertThat(this.received.overlaps).isZero();
	}

	@Test
	void sessionsArePickedUpWhenTheirMessagesComeLate() {
		SessionSource source = open(ORDERS);
		source.demand(3);
		this.service.advance(Duration.ofMinutes(10));
		assertThat(this.received.failures).as("that there is no session is no failure").isEmpty();
		assertThat(this.received.ready).isOne();

		send("s1", "a");
		send("s2", "b");
		this.service.run();
		assertThat(this.received.held).containsOnlyKeys("s1", "s2");
	}

	@Test
	void thousandQuestionsWithoutASessionAreNormalLife() {
		open(ORDERS).demand(1);
		this.service.advance(Duration.ofHours(9));
		assertThat(this.received.failures).isEmpty();

		send("s1", "a");
		this.service.run();
		assertThat(this.received.held).containsOnlyKeys("s1");
	}

	@Test
	void oneQuestionWaitsForEachFreeSlotAndNoneWithoutDemand() {
		SessionSource source = open(ORDERS);
		source.demand(4);
		this.service.run();
		source.demand(1);
		this.service.run();
		send("s1", "a");
		send("s2", "b");
		this.service.run();
		assertThat(this.received.held).containsOnlyKeys("s1");

		source.demand(0);
		this.received.held.remove("s1").source.close();
		this.service.run();
		assertThat(this.received.held).isEmpty();
		assertThat(this.service.emulator.queue("orders").consumers()).isZero();
	}

	@Test
	void messagesOfASessionComeOneByOneInOrder() {
		send("s1", "a", "b", "c");
		open(ORDERS.withPrefetch(10)).demand(1);
		this.service.run();
		Held session = this.received.held.get("s1");
		assertThat(session.bodies).containsExactly("a");
		session.complete();
		session.complete();
		assertThat(session.bodies).containsExactly("a", "b", "c");
	}

	@Test
	void abandonedMessageComesBeforeThoseThatWereFetchedAhead() {
		send("s1", "a", "b", "c", "d");
		open(ORDERS.withPrefetch(2)).demand(1);
		this.service.run();
		Held session = this.received.held.get("s1");
		session.settle(new Disposition.Abandon(Map.of()));
		session.complete();
		session.settle(new Disposition.Release());
		session.complete();
		session.complete();
		session.complete();
		assertThat(session.bodies).containsExactly("a", "a", "b", "b", "c", "d");
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void lockIsRenewedWhileTheSessionIsHeld() {
		send("s1", "a");
		open(ORDERS).demand(1);
		this.service.run();
		Held session = this.received.held.get("s1");
		this.service.advance(Duration.ofMinutes(4));
		session.complete();

		assertThat(session.lost).isNull();
		assertThat(session.settleFailures).isEmpty();
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void sessionOfAStuckListenerIsLostWhenTheTimeForRenewalIsOver() {
		send("s1", "a", "b");
		open(ORDERS).demand(1);
		this.service.run();
		Held session = this.received.held.remove("s1");
		this.service.advance(Duration.ofMinutes(6));

		assertThat(session.lost).isInstanceOf(SessionLockLostException.class);
		assertThat(session.lostMessages).containsExactly("a");
		session.complete();
		assertThat(session.settleFailures).singleElement().isInstanceOf(SessionLockLostException.class);
		assertThat(this.received.held.get("s1").bodies).as("the slot was free for the next").containsExactly("a");
	}

	@Test
	void sessionGoesOnWhenTheConnectionWasLost() {
		send("s1", "a", "b");
		open(ORDERS.withPrefetch(5)).demand(1);
		this.service.run();
		Held session = this.received.held.get("s1");
		this.service.network.resetAll();
		this.service.run();

		assertThat(session.lost).isNull();
		assertThat(session.lostMessages).containsExactly("a");
		assertThat(session.bodies).containsExactly("a", "a");
		session.complete();
		session.complete();
		session.complete();
		assertThat(session.bodies).containsExactly("a", "a", "b");
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void stoppedSourceTakesNoSessionAndLeavesItsOwnToWork() {
		send("s1", "a", "b");
		SessionSource source = open(ORDERS);
		source.demand(3);
		this.service.run();
		this.service.await(source.stop());
		send("s2", "x");
		this.service.run();
		assertThat(this.received.held).containsOnlyKeys("s1");

		Held session = this.received.held.get("s1");
		session.complete();
		session.complete();
		assertThat(session.settleFailures).isEmpty();
		session.source.close();
		this.service.run();
		assertThat(this.service.emulator.queue("orders").messages()).hasSize(1);
		assertThat(this.service.emulator.queue("orders").consumers()).isZero();
	}

	@Test
	void closedSourceLeavesItsSessionsToOthers() {
		send("s1", "a", "b");
		SessionSource source = open(ORDERS.withPrefetch(5));
		source.demand(2);
		this.service.run();
		source.close();
		this.service.run();

		Received others = new Received();
		this.service.client.openSessions(ORDERS, others).demand(1);
		this.service.run();
		assertThat(others.held.get("s1").bodies).containsExactly("a");
		assertThat(this.service.emulator.queue("orders").messages())
			.allSatisfy((message) -> assertThat(message.deliveryCount()).isZero());
	}

	@Test
	void missingQueueIsReportedOnceAndRecovers() {
		this.service.client.openSessions(ReceiverOptions.queue("missing"), this.received).demand(3);
		this.service.advance(Duration.ofMinutes(2));
		assertThat(this.received.failures).singleElement().isInstanceOf(MessagingEntityNotFoundException.class);
		assertThat(this.received.ready).isZero();

		this.service.emulator.createQueue("missing", EntityOptions.builder().requiresSession(true).build());
		this.service.advance(Duration.ofMinutes(1));
		assertThat(this.received.ready).isOne();
	}

	@Test
	void lateGrantAfterTheStopIsGivenBack() {
		SessionSource source = open(ORDERS);
		source.demand(1);
		this.service.run();
		CompletableFuture<Void> sent = this.service.client.sender("orders").sendAsync(message("s1", "a"));
		source.close();
		this.service.await(sent);
		this.service.run();

		assertThat(this.received.held).isEmpty();
		assertThat(this.service.emulator.queue("orders").consumers()).isZero();
	}

	private SessionSource open(ReceiverOptions options) {
		return this.service.client.openSessions(options, this.received);
	}

	private void send(String sessionId, String... bodies) {
		for (String body : bodies) {
			this.service.await(this.service.client.sender("orders").sendAsync(message(sessionId, body)));
		}
	}

	private static ServiceBusMessage message(String sessionId, String body) {
		return ServiceBusMessage.builder().body(body).sessionId(sessionId).build();
	}

	private final class Received implements SessionSource.Listener {

		private final Map<String, Held> held = new LinkedHashMap<>();

		private final List<ServiceBusException> failures = new ArrayList<>();

		private int ready;

		private int overlaps;

		@Override
		public SessionSource.SessionListener onSession(SessionMessageSource session) {
			Held added = new Held(session);
			if (this.held.put(session.session().sessionId(), added) != null) {
				this.overlaps++;
			}
			session.demand(1);
			return added;
		}

		@Override
		public void onFailure(ServiceBusException failure) {
			this.failures.add(failure);
		}

		@Override
		public void onReady() {
			this.ready++;
		}

	}

	private final class Held implements SessionSource.SessionListener {

		private final SessionMessageSource source;

		private final List<ServiceBusReceivedMessage> inHand = new ArrayList<>();

		private final List<String> bodies = new ArrayList<>();

		private final List<String> lostMessages = new ArrayList<>();

		private final List<Throwable> settleFailures = new ArrayList<>();

		private SessionLockLostException lost;

		Held(SessionMessageSource source) {
			this.source = source;
		}

		void complete() {
			settle(new Disposition.Complete());
		}

		void settle(Disposition disposition) {
			this.source.settle(this.inHand.remove(0), disposition).whenComplete((nothing, failure) -> {
				if (failure != null) {
					this.settleFailures.add(failure);
				}
			});
			SessionSourceTests.this.service.run();
		}

		@Override
		public void onMessage(ServiceBusReceivedMessage message) {
			this.inHand.add(message);
			this.bodies.add(message.bodyAsString());
		}

		@Override
		public void onLockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
			this.lostMessages.add(message.bodyAsString());
		}

		@Override
		public void onSessionLost(SessionLockLostException failure) {
			this.lost = failure;
		}

	}

}
