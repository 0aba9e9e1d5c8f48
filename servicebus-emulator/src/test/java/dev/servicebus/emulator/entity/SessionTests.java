package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.delivery.SessionWait;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.session.SessionSnapshot;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.servicebus.emulator.entity.TestBroker.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@Timeout(10)
class SessionTests {

	private static final long LATER = TestBroker.START.plusSeconds(3600).toEpochMilli();

	private final TestBroker broker = new TestBroker();

	private final Queue queue = this.broker
		.queue((options) -> options.requiresSession(true).lockDuration(Duration.ofSeconds(30)).maxDeliveryCount(2));

	private final ReceivableEntity source = this.queue.source(SubQueue.NONE);

	@Test
	void holderGetsTheMessagesOfItsSessionInOrder() {
		send("A", "a1", "a2");
		send("B", "b1");
		send("A", "a3");
		TestSession receiver = TestSession.accept(this.source, "A").request(10);
		send("A", "a4");
		assertThat(receiver.ids).containsExactly("a1", "a2", "a3", "a4");
	}

	@Test
	void creditLimitsWhatTheHolderGets() {
		send("A", "a1", "a2", "a3");
		TestSession receiver = TestSession.accept(this.source, "A").request(2);
		assertThat(receiver.ids).containsExactly("a1", "a2");
		assertThat(receiver.request(1).ids).containsExactly("a1", "a2", "a3");
	}

	@Test
	void heldSessionCannotBeLockedByAnother() {
		TestSession first = TestSession.accept(this.source, "A");
		assertRefused(BrokerError.SESSION_CANNOT_BE_LOCKED, () -> TestSession.accept(this.source, "A"));
		first.session.close();
		TestSession.accept(this.source, "A");
	}

	@Test
	void emptyIdIsASession() {
		send("", "x");
		assertThat(TestSession.acceptNext(this.source, LATER).session.sessionId()).isEmpty();
	}

	@Test
	void nextSessionIsTheOneThatHasWaitedLongest() {
		send("A", "a1");
		send("B", "b1");
		TestSession first = TestSession.acceptNext(this.source, LATER);
		assertThat(first.session.sessionId()).isEqualTo("A");
		first.session.close();
		assertThat(TestSession.acceptNext(this.source, LATER).session.sessionId()).isEqualTo("B");
	}

	@Test
	void acceptanceWaitsForAMessage() {
		TestSession first = TestSession.acceptNext(this.source, LATER);
		TestSession second = TestSession.acceptNext(this.source, LATER);
		send("A", "a1");
		assertThat(first.request(1).ids).containsExactly("a1");
		assertThat(second.session).isNull();
		first.session.close();
		assertThat(second.request(1).ids).containsExactly("a1");
	}

	@Test
	void acceptanceWaitsForAScheduledMessage() {
		TestSession receiver = TestSession.acceptNext(this.source, LATER);
		this.queue.enqueue(TestMessage.of("a1").in("A").scheduledAt(this.broker.now().plusSeconds(5)));
		assertThat(receiver.session).isNull();
		this.broker.advance(Duration.ofSeconds(5));
		assertThat(receiver.request(1).ids).containsExactly("a1");
	}

	@Test
	void acceptanceIsRefusedAtItsDeadline() {
		TestSession receiver = TestSession.acceptNext(this.source, this.broker.timers.now() + 1000);
		this.broker.advance(Duration.ofMillis(999));
		assertThat(receiver.reason).isNull();
		this.broker.advance(Duration.ofMillis(1));
		assertThat(receiver.reason.error()).isEqualTo(BrokerError.TIMEOUT);
		send("A", "a1");
		assertThat(receiver.session).isNull();
		assertThat(this.broker.timers.size()).isZero();
	}

	@Test
	void cancelledAcceptanceGetsNoSession() {
		TestSession receiver = new TestSession(ReceiveMode.PEEK_LOCK);
		SessionWait wait = this.source.sessions().acceptNext(LATER, receiver);
		wait.cancel();
		send("A", "a1");
		assertThat(receiver.session).isNull();
		assertThat(this.broker.timers.size()).isZero();
		assertThat(TestSession.acceptNext(this.source, LATER).session).isNotNull();
	}

	@Test
	void sessionWhoseMessagesHaveExpiredIsNotAvailable() {
		this.queue.enqueue(TestMessage.of("old").in("A").livingFor(Duration.ofSeconds(1)));
		this.broker.advance(Duration.ofSeconds(2));
		assertThat(TestSession.acceptNext(this.source, LATER).session).isNull();
	}

	@Test
	void closingPutsMessagesBackWithoutCounting() {
		send("A", "a1", "a2");
		TestSession first = TestSession.accept(this.source, "A").request(2);
		this.source.settle(first.token("a1"), Settlement.complete());
		first.registration.cancel();
		TestSession second = TestSession.accept(this.source, "A").request(2);
		assertThat(second.ids).containsExactly("a2");
		assertThat(second.deliveryCounts).containsExactly(0);
		assertRefused(BrokerError.SESSION_LOCK_LOST,
				() -> this.source.settle(first.token("a2"), Settlement.complete()));
	}

	@Test
	void expiryTellsTheHolderAndCounts() {
		send("A", "a1");
		TestSession first = TestSession.accept(this.source, "A").request(5);
		this.broker.advance(Duration.ofSeconds(30));
		assertThat(first.reason.error()).isEqualTo(BrokerError.SESSION_LOCK_LOST);
		TestSession second = TestSession.accept(this.source, "A").request(1);
		assertThat(second.deliveryCounts).containsExactly(1);
		this.broker.advance(Duration.ofSeconds(30));
		assertThat(TestBroker.ids(this.queue.source(SubQueue.DEAD_LETTER))).containsExactly("a1");
		assertThat(first.ids).hasSize(1);
	}

	@Test
	void waitingReceiverTakesOverAnExpiredSession() {
		send("A", "a1");
		TestSession first = TestSession.accept(this.source, "A").request(1);
		TestSession next = TestSession.acceptNext(this.source, LATER);
		this.broker.advance(Duration.ofSeconds(30));
		assertThat(first.reason).isNotNull();
		assertThat(next.session.sessionId()).isEqualTo("A");
	}

	@Test
	void renewalExtendsTheSessionAndItsMessages() {
		send("A", "a1");
		TestSession receiver = TestSession.accept(this.source, "A").request(1);
		this.broker.advance(Duration.ofSeconds(20));
		long end = this.source.sessions().renewLock("A");
		assertThat(end).isEqualTo(this.broker.timers.now() + 30_000).isEqualTo(receiver.session.lockedUntil());
		assertThat(this.source.snapshot().get(0).lockedUntil().toEpochMilli()).isEqualTo(end);
		this.broker.advance(Duration.ofSeconds(29));
		this.source.settle(receiver.token("a1"), Settlement.complete());
		assertThat(receiver.reason).isNull();
		this.broker.advance(Duration.ofSeconds(1));
		assertThat(receiver.reason.error()).isEqualTo(BrokerError.SESSION_LOCK_LOST);
	}

	@Test
	void lostSessionCannotBeRenewed() {
		assertRefused(BrokerError.SESSION_LOCK_LOST, () -> this.source.sessions().renewLock("A"));
		TestSession.accept(this.source, "A");
		this.broker.advance(Duration.ofSeconds(30));
		assertRefused(BrokerError.SESSION_LOCK_LOST, () -> this.source.sessions().renewLock("A"));
	}

	@Test
	void abandonedMessageComesBeforeLaterOnes() {
		send("A", "a1", "a2", "a3");
		TestSession receiver = TestSession.accept(this.source, "A").request(2);
		this.source.settle(receiver.token("a1"), Settlement.abandon(Map.of()));
		assertThat(receiver.request(2).ids).containsExactly("a1", "a2", "a1", "a3");
	}

	@Test
	void lockOfASingleMessageIsNotRenewed() {
		send("A", "a1");
		TestSession receiver = TestSession.accept(this.source, "A").request(1);
		assertRefused(BrokerError.NOT_ALLOWED, () -> this.source.renewLocks(List.of(receiver.token("a1"))));
	}

	@Test
	void messageWithoutSessionIsRefused() {
		assertThat(assertRefused(BrokerError.SESSION_ID_MISSING, () -> this.queue.enqueue(TestMessage.of("x"))))
			.hasMessageContaining("The SessionId was not set on a message");
	}

	@Test
	void plainReceiverIsRefused() {
		assertThat(assertRefused(BrokerError.NOT_ALLOWED, () -> TestConsumer.peekLock(this.source)))
			.hasMessageContaining("requires sessions");
		assertThat(this.source.requiresSession()).isTrue();
	}

	@Test
	void queueWithoutSessionsHasNone() {
		Queue plain = this.broker.namespace.createQueue("plain");
		assertThat(plain.source(SubQueue.NONE).requiresSession()).isFalse();
		assertRefused(BrokerError.NOT_ALLOWED, plain.source(SubQueue.NONE)::sessions);
	}

	@Test
	void deadLettersNeedNoSession() {
		send("A", "a1");
		TestSession receiver = TestSession.accept(this.source, "A").request(1);
		this.source.settle(receiver.token("a1"), Settlement.deadLetter("bad", null, Map.of()));
		TestConsumer dead = TestConsumer.peekLock(this.queue.source(SubQueue.DEAD_LETTER)).request(1);
		assertThat(dead.ids()).containsExactly("a1");
	}

	@Test
	void stateSurvivesTheHolder() {
		TestSession receiver = TestSession.accept(this.source, "A");
		Sessions sessions = this.source.sessions();
		sessions.setState("A", new byte[] { 1, 2 });
		receiver.session.close();
		assertThat(sessions.state("A")).containsExactly(1, 2);
		assertThat(this.queue.counts().sizeInBytes()).isEqualTo(2);
		TestSession.accept(this.source, "A");
		sessions.setState("A", null);
		assertThat(sessions.state("A")).isNull();
		assertThat(this.queue.counts().sizeInBytes()).isZero();
	}

	@Test
	void snapshotShowsMessagesStatesAndLocks() {
		send("A", "a1", "a2");
		send("B", "b1");
		TestSession holder = TestSession.accept(this.source, "B");
		this.source.sessions().setState("B", new byte[] { 7 });
		List<SessionSnapshot> sessions = this.source.sessions().snapshot();
		assertThat(sessions).extracting(SessionSnapshot::id, SessionSnapshot::messages, SessionSnapshot::isLocked)
			.containsExactly(tuple("A", 2, false), tuple("B", 1, true));
		assertThat(sessions.get(0).state()).isNull();
		assertThat(sessions.get(1).state()).containsExactly(7);
		assertThat(sessions.get(1).lockedUntil()).isEqualTo(Instant.ofEpochMilli(holder.session.lockedUntil()));
	}

	@Test
	void clearedQueueHasNoMessagesAndStatesButItsHolders() {
		send("A", "a1");
		TestSession.accept(this.source, "B");
		this.source.sessions().setState("B", new byte[] { 7 });
		this.queue.clear();
		assertThat(this.source.sessions().snapshot()).extracting(SessionSnapshot::id, SessionSnapshot::state)
			.containsExactly(tuple("B", null));
		assertThat(this.queue.counts().sizeInBytes()).isZero();
	}

	@Test
	void stateIsOnlySetByAHolder() {
		assertRefused(BrokerError.SESSION_LOCK_LOST, () -> this.source.sessions().setState("A", new byte[1]));
	}

	@Test
	void stateIsNoLargerThanAMessage() {
		TestSession.accept(this.source, "A");
		byte[] large = new byte[(int) this.source.maxMessageSize() + 1];
		assertRefused(BrokerError.MESSAGE_SIZE_EXCEEDED, () -> this.source.sessions().setState("A", large));
	}

	@Test
	void listsSessionsInUse() {
		send("A", "a1");
		TestSession.accept(this.source, "B");
		this.source.sessions().setState("B", new byte[1]);
		TestSession.accept(this.source, "C");
		Sessions sessions = this.source.sessions();
		assertThat(sessions.list(Sessions.IN_USE, 0, 10)).containsExactly("A", "B");
		assertThat(sessions.list(Sessions.IN_USE, 1, 10)).containsExactly("B");
		assertThat(sessions.list(Sessions.IN_USE, 0, 1)).containsExactly("A");
		assertThat(sessions.list(this.broker.timers.now() - 1, 0, 10)).containsExactly("B");
		assertThat(sessions.list(this.broker.timers.now(), 0, 10)).isEmpty();
	}

	@Test
	void peeksOneSession() {
		send("A", "a1");
		send("B", "b1");
		send("A", "a2");
		assertThat(ids(this.source.sessions().peek("A", 0, 10))).containsExactly("a1", "a2");
		assertThat(ids(this.source.sessions().peek("A", 2, 10))).containsExactly("a2");
		assertThat(ids(this.source.peek(0, 10))).containsExactly("a1", "b1", "a2");
	}

	@Test
	void deletesFromOneSession() {
		send("A", "a1");
		send("B", "b1");
		assertThat(this.source.sessions().delete("A", 10, Long.MAX_VALUE)).isEqualTo(1);
		assertThat(TestBroker.ids(this.source)).containsExactly("b1");
	}

	@Test
	void deferredMessageIsReceivedInItsSession() {
		send("A", "a1");
		TestSession receiver = TestSession.accept(this.source, "A").request(1);
		this.source.settle(receiver.token("a1"), Settlement.defer(Map.of()));
		TestSession.accept(this.source, "B");
		Sessions sessions = this.source.sessions();
		assertRefused(BrokerError.MESSAGE_NOT_FOUND, () -> sessions.receiveDeferred("B", ReceiveMode.PEEK_LOCK, 1));
		BrokerMessage message = sessions.receiveDeferred("A", ReceiveMode.PEEK_LOCK, 1).get(0);
		assertThat(message.lockedUntil()).isEqualTo(receiver.session.lockedUntil());
		this.source.settle(message.lockToken(), Settlement.complete());
		assertThat(this.source.counts().deferred()).isZero();
	}

	@Test
	void deferredMessageNeedsTheSessionLock() {
		assertRefused(BrokerError.SESSION_LOCK_LOST,
				() -> this.source.sessions().receiveDeferred("A", ReceiveMode.PEEK_LOCK, 1));
		assertRefused(BrokerError.NOT_ALLOWED, () -> this.source.receiveDeferred(ReceiveMode.PEEK_LOCK, 1));
	}

	@Test
	void receiveAndDeleteWorksInASession() {
		send("A", "a1", "a2");
		TestSession receiver = new TestSession(ReceiveMode.RECEIVE_AND_DELETE);
		receiver.accepted(this.source.sessions().accept("A"));
		assertThat(receiver.request(2).ids).containsExactly("a1", "a2");
		assertThat(TestBroker.ids(this.source)).isEmpty();
	}

	@Test
	void deletedQueueTellsHoldersAndThoseWhoWait() {
		TestSession holder = TestSession.accept(this.source, "A");
		TestSession waiting = TestSession.acceptNext(this.source, LATER);
		this.broker.namespace.deleteQueue("orders");
		assertThat(holder.reason.error()).isEqualTo(BrokerError.ENTITY_NOT_FOUND);
		assertThat(waiting.reason.error()).isEqualTo(BrokerError.ENTITY_NOT_FOUND);
		assertThat(this.broker.timers.size()).isZero();
	}

	private void send(String session, String... ids) {
		for (String id : ids) {
			this.queue.enqueue(TestMessage.of(id).in(session));
		}
	}

	private static List<String> ids(List<BrokerMessage> messages) {
		return messages.stream().map((message) -> (String) message.content().messageId()).toList();
	}

}
