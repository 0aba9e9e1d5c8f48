package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.MessageSnapshot;
import dev.servicebus.emulator.transaction.Transaction;
import dev.servicebus.emulator.transaction.Transactions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random transactions over two queues, against a model that does the work of a
 * transaction when it is committed and knows of it nowhere before. After each step both
 * must hold the same messages, locked or not.
 */
@Timeout(60)
class TransactionModelTests {

	private static final int STEPS = 2_000;

	private final TestBroker broker = new TestBroker();

	private final Transactions transactions = new Transactions(this.broker.timers, UUID::randomUUID);

	private final List<Side> sides = new ArrayList<>();

	private final List<Open> open = new ArrayList<>();

	private Random random;

	private int sent;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void transactionsAreDoneAsAWholeOrNotAtAll(long seed) {
		this.random = new Random(seed);
		EntityOptions options = EntityOptions.builder().maxDeliveryCount(Integer.MAX_VALUE).build();
		for (String name : List.of("a", "b")) {
			this.sides.add(new Side(this.broker.namespace.createQueue(name, options)));
		}
		for (int step = 0; step < STEPS; step++) {
			String done = step();
			for (Side side : this.sides) {
				assertThat(side.actual()).as("seed %d, step %d: %s", seed, step, done).isEqualTo(side.expected(now()));
			}
		}
	}

	private String step() {
		Side side = any(this.sides);
		return switch (this.random.nextInt(12)) {
			case 0 -> send(side);
			case 1, 2 -> receive(side);
			case 3 -> declare();
			case 4, 5 -> sendInTransaction(side);
			case 6, 7 -> settleInTransaction(side);
			case 8, 9 -> commit();
			case 10 -> this.random.nextBoolean() ? rollBack() : disableOrPurge(side);
			default -> advance();
		};
	}

	private String send(Side side) {
		if (side.disabled) {
			return "nothing";
		}
		String id = nextId();
		side.queue.enqueue(TestMessage.of(id));
		side.messages.put(id, new Entry());
		return "send " + id;
	}

	private String receive(Side side) {
		TestConsumer consumer = TestConsumer.peekLock(side.source()).request(1);
		consumer.registration.cancel();
		if (!consumer.deliveries.isEmpty()) {
			Entry entry = side.messages.get(consumer.last().id());
			entry.lockedUntil = consumer.last().lockedUntil();
			entry.token = consumer.lastToken();
		}
		return "receive " + consumer.ids();
	}

	private String declare() {
		this.open.add(new Open(this.transactions.declare()));
		return "declare";
	}

	private String sendInTransaction(Side side) {
		if (this.open.isEmpty()) {
			return "nothing";
		}
		Open chosen = any(this.open);
		String id = nextId();
		try {
			chosen.transaction.send(side.queue, List.of(TestMessage.of(id)));
			chosen.work(now());
			chosen.sends.put(id, side);
		}
		catch (BrokerException ex) {
			assertThat(side.disabled || chosen.isOver(now())).as(ex.toString()).isTrue();
			chosen.refused = true;
		}
		return "send " + id + " in a transaction";
	}

	private String settleInTransaction(Side side) {
		List<String> locked = side.messages.keySet()
			.stream()
			.filter((id) -> side.messages.get(id).isLocked(now()) && side.messages.get(id).claim == null)
			.toList();
		if (locked.isEmpty() || this.open.isEmpty()) {
			return "nothing";
		}
		String id = any(locked);
		Open chosen = any(this.open);
		if (chosen.isOver(now())) {
			return "nothing";
		}
		boolean complete = this.random.nextBoolean();
		Entry entry = side.messages.get(id);
		chosen.transaction.settle(side.source(), List.of(entry.token),
				complete ? Settlement.complete() : Settlement.release());
		chosen.work(now());
		entry.claim = chosen;
		chosen.settles.put(id, side);
		chosen.completes.put(id, complete);
		return "settle " + id + " in a transaction";
	}

	private String commit() {
		if (this.open.isEmpty()) {
			return "nothing";
		}
		Open chosen = this.open.remove(this.random.nextInt(this.open.size()));
		boolean possible = chosen.isPossible(now());
		boolean committed = true;
		try {
			this.transactions.commit(chosen.transaction.id());
		}
		catch (BrokerException ex) {
			committed = false;
		}
		assertThat(committed).isEqualTo(possible);
		chosen.end(committed);
		return "commit: " + committed;
	}

	private String rollBack() {
		if (this.open.isEmpty()) {
			return "nothing";
		}
		Open chosen = this.open.remove(this.random.nextInt(this.open.size()));
		this.transactions.rollBack(chosen.transaction.id());
		chosen.end(false);
		return "roll back";
	}

	private String disableOrPurge(Side side) {
		if (this.random.nextInt(4) == 0) {
			side.queue.purge();
			side.messages.clear();
			return "purge";
		}
		side.disabled = !side.disabled;
		side.queue.update(side.queue.options()
			.mutate()
			.status(side.disabled ? EntityStatus.SEND_DISABLED : EntityStatus.ACTIVE)
			.build());
		return "disabled: " + side.disabled;
	}

	private String advance() {
		this.broker.advance(Duration.ofSeconds(this.random.nextInt(25)));
		this.open.stream().filter((transaction) -> transaction.isOver(now())).forEach((over) -> over.end(false));
		return "advance";
	}

	private String nextId() {
		return "m%05d".formatted(this.sent++);
	}

	private long now() {
		return this.broker.timers.now();
	}

	private <T> T any(List<T> candidates) {
		return candidates.get(this.random.nextInt(candidates.size()));
	}

	private static final class Side {

		private final Queue queue;

		private final Map<String, Entry> messages = new TreeMap<>();

		private boolean disabled;

		Side(Queue queue) {
			this.queue = queue;
		}

		ReceivableEntity source() {
			return this.queue.source(SubQueue.NONE);
		}

		Map<String, Boolean> actual() {
			Map<String, Boolean> result = new TreeMap<>();
			for (MessageSnapshot message : source().snapshot()) {
				result.put((String) message.content().messageId(), message.lockedUntil() != null);
			}
			return result;
		}

		Map<String, Boolean> expected(long now) {
			Map<String, Boolean> result = new TreeMap<>();
			this.messages.forEach((id, entry) -> result.put(id, entry.claim != null || entry.isLocked(now)));
			return result;
		}

	}

	private static final class Entry {

		private UUID token;

		private long lockedUntil;

		private Open claim;

		boolean isLocked(long now) {
			return this.lockedUntil > now;
		}

	}

	/**
	 * A transaction that its client has not ended.
	 */
	private static final class Open {

		private final Transaction transaction;

		private final Map<String, Side> sends = new TreeMap<>();

		private final Map<String, Side> settles = new TreeMap<>();

		private final Map<String, Boolean> completes = new TreeMap<>();

		private boolean refused;

		private long deadline = Long.MAX_VALUE;

		Open(Transaction transaction) {
			this.transaction = transaction;
		}

		void work(long now) {
			if (this.deadline == Long.MAX_VALUE) {
				this.deadline = now + Transaction.TIMEOUT.toMillis();
			}
		}

		boolean isOver(long now) {
			return this.deadline <= now;
		}

		boolean isPossible(long now) {
			return !this.refused && !isOver(now) && this.sends.values().stream().noneMatch((side) -> side.disabled)
					&& this.settles.entrySet()
						.stream()
						.allMatch((settle) -> settle.getValue().messages.containsKey(settle.getKey()));
		}

		void end(boolean committed) {
			this.settles.forEach((id, side) -> {
				Entry entry = side.messages.get(id);
				if (entry == null || entry.claim != this) {
					return;
				}
				entry.claim = null;
				if (committed && this.completes.get(id)) {
					side.messages.remove(id);
				}
				else if (committed) {
					entry.lockedUntil = 0;
				}
			});
			if (committed) {
				this.sends.forEach((id, side) -> side.messages.put(id, new Entry()));
			}
			this.settles.clear();
			this.sends.clear();
		}

	}

}
