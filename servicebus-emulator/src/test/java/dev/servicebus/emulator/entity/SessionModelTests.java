package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import dev.servicebus.emulator.delivery.AcceptedSession;
import dev.servicebus.emulator.delivery.Consumer;
import dev.servicebus.emulator.delivery.ConsumerRegistration;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.delivery.SessionApplicant;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageSnapshot;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random operations on a queue with sessions: no session ever has two holders, every
 * delivery is the first of its session that is not out, and no message is lost or twice.
 */
@Timeout(60)
class SessionModelTests {

	private static final int OPERATIONS = 1_500;

	private static final int SESSIONS = 5;

	private final TestBroker broker = new TestBroker();

	private final List<Receiver> receivers = new ArrayList<>();

	private final Set<String> stored = new HashSet<>();

	private final Map<String, TreeSet<Integer>> waiting = new HashMap<>();

	private Random random;

	private Queue queue;

	private ReceivableEntity source;

	private int sent;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void sessionsAreExclusiveOrderedAndComplete(long seed) {
		this.random = new Random(seed);
		this.queue = this.broker.queue((options) -> options.requiresSession(true)
			.lockDuration(Duration.ofSeconds(5 + this.random.nextInt(10)))
			.maxDeliveryCount(2 + this.random.nextInt(3)));
		this.source = this.queue.source(SubQueue.NONE);
		for (int i = 0; i < OPERATIONS; i++) {
			operate();
			check("seed %d, operation %d".formatted(seed, i));
		}
	}

	private void operate() {
		switch (this.random.nextInt(8)) {
			case 0, 1 -> send();
			case 2 -> accept();
			case 3, 4 -> request();
			case 5, 6 -> settle();
			default -> closeRenewOrAdvance();
		}
	}

	private void send() {
		int number = ++this.sent;
		String session = "s" + this.random.nextInt(SESSIONS);
		String id = session + ":" + number;
		this.stored.add(id);
		this.waiting.computeIfAbsent(session, (key) -> new TreeSet<>()).add(number);
		this.queue.enqueue(TestMessage.of(id).in(session));
	}

	private void accept() {
		Receiver receiver = new Receiver();
		this.receivers.add(receiver);
		if (this.random.nextBoolean()) {
			this.source.sessions().acceptNext(this.broker.timers.now() + this.random.nextInt(20_000), receiver);
			return;
		}
		String id = "s" + this.random.nextInt(SESSIONS);
		boolean held = holders().anyMatch((holder) -> holder.id().equals(id));
		try {
			receiver.accepted(this.source.sessions().accept(id));
			assertThat(held).as("session %s was held already", id).isFalse();
		}
		catch (BrokerException ex) {
			assertThat(held).as("%s: %s", id, ex).isTrue();
			this.receivers.remove(receiver);
		}
	}

	private void request() {
		Receiver receiver = any(holders().toList());
		if (receiver != null) {
			receiver.request(1 + this.random.nextInt(3));
		}
	}

	private void settle() {
		Receiver receiver = any(holders().filter((holder) -> !holder.out.isEmpty()).toList());
		if (receiver == null) {
			return;
		}
		String id = any(new ArrayList<>(receiver.out.keySet()));
		Settlement settlement = switch (this.random.nextInt(4)) {
			case 0, 1 -> Settlement.complete();
			case 2 -> Settlement.release();
			default -> Settlement.abandon(Map.of());
		};
		UUID token = receiver.out.remove(id);
		if (settlement.outcome() == Settlement.Outcome.COMPLETE) {
			this.stored.remove(id);
		}
		else {
			this.waiting.get(receiver.id()).add(numberOf(id));
		}
		this.source.settle(token, settlement);
	}

	private void closeRenewOrAdvance() {
		Receiver receiver = any(holders().toList());
		int choice = this.random.nextInt(3);
		if (choice == 0 || receiver == null) {
			this.broker.advance(Duration.ofMillis(this.random.nextInt(4_000)));
		}
		else if (choice == 1) {
			this.source.sessions().renewLock(receiver.id());
		}
		else {
			receiver.over();
			receiver.session.close();
		}
	}

	private void check(String when) {
		List<String> held = holders().map(Receiver::id).toList();
		assertThat(held).as(when).doesNotHaveDuplicates();
		List<String> active = TestBroker.ids(this.source);
		List<String> dead = TestBroker.ids(this.queue.source(SubQueue.DEAD_LETTER));
		List<String> all = Stream.concat(active.stream(), dead.stream()).toList();
		assertThat(all).as(when).hasSameSizeAs(this.stored);
		assertThat(new HashSet<>(all)).as(when).isEqualTo(this.stored);
		dead.forEach((id) -> this.waiting.get(id.substring(0, id.indexOf(':'))).remove(numberOf(id)));
		long locked = this.source.snapshot()
			.stream()
			.map(MessageSnapshot::lockedUntil)
			.filter((end) -> end != null)
			.count();
		assertThat(locked).as(when).isEqualTo(holders().mapToInt((holder) -> holder.out.size()).sum());
		holders().filter((holder) -> holder.demand > 0)
			.forEach((holder) -> assertThat(this.waiting.getOrDefault(holder.id(), new TreeSet<>()))
				.as("%s: %s has demand", when, holder.id())
				.isEmpty());
	}

	private Stream<Receiver> holders() {
		return this.receivers.stream().filter((receiver) -> receiver.session != null);
	}

	private <T> T any(List<T> candidates) {
		return candidates.isEmpty() ? null : candidates.get(this.random.nextInt(candidates.size()));
	}

	private static int numberOf(String id) {
		return Integer.parseInt(id.substring(id.indexOf(':') + 1));
	}

	private final class Receiver implements Consumer, SessionApplicant {

		private final Map<String, UUID> out = new HashMap<>();

		private AcceptedSession session;

		private ConsumerRegistration registration;

		private int demand;

		private String id() {
			return this.session.sessionId();
		}

		private void request(int messages) {
			this.demand += messages;
			this.registration.demandChanged();
		}

		private void over() {
			this.out.keySet().forEach((id) -> SessionModelTests.this.waiting.get(id()).add(numberOf(id)));
			SessionModelTests.this.receivers.remove(this);
		}

		@Override
		public void accepted(AcceptedSession accepted) {
			this.session = accepted;
			this.registration = accepted.register(this);
		}

		@Override
		public void refused(BrokerException reason) {
			SessionModelTests.this.receivers.remove(this);
		}

		@Override
		public ReceiveMode receiveMode() {
			return ReceiveMode.PEEK_LOCK;
		}

		@Override
		public int demand() {
			return this.demand;
		}

		@Override
		public void deliver(BrokerMessage message) {
			this.demand--;
			String id = (String) message.content().messageId();
			assertThat(message.content().sessionId()).isEqualTo(id());
			TreeSet<Integer> line = SessionModelTests.this.waiting.get(id());
			assertThat(line.pollFirst()).as("the first of %s that is not out", id()).isEqualTo(numberOf(id));
			this.out.put(id, message.lockToken());
		}

		@Override
		public void ended(BrokerException reason) {
			over();
		}

	}

}
