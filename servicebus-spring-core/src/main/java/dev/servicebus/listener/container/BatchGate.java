package dev.servicebus.listener.container;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.BatchOptions;
import dev.servicebus.listener.DelayScheduler;

/**
 * Lets the messages of a session through in batches, in the order of the broker.
 *
 * <ol>
 * <li>No more batches are with the listener than the session may have calls.
 * <li>With one call, no batch passes while a message of an earlier one has no end: it may
 * be waiting for its next attempt, or for somebody to settle it. Those that have failed
 * together come again together, when the last of them may.
 * <li>What has passed before waits for no others to fill the batch.
 * </ol>
 *
 * <p>
 * Thread-safe; no method blocks.
 */
final class BatchGate implements Gate {

	private static final Comparator<Delivery> ORDER = Comparator
		.comparingLong((Delivery delivery) -> delivery.message().sequenceNumber())
		.thenComparingLong(Delivery::arrived);

	private final ReentrantLock lock = new ReentrantLock();

	private final Queue<Delivery> waiting = new PriorityQueue<>(ORDER);

	private final Map<Delivery, Call> running = new IdentityHashMap<>();

	/** What has passed and is neither over nor waiting again. */
	private final Set<Delivery> unfinished = Collections.newSetFromMap(new IdentityHashMap<>());

	private final BatchOptions options;

	private final int limit;

	private final BatchDeadline deadline;

	private final Consumer<List<Delivery>> exit;

	private int calls;

	/** Whether nobody waits for more messages. */
	private boolean due;

	private @Nullable Predicate<Delivery> barred;

	/**
	 * Makes a gate.
	 * @param limit how many batches may have passed and not left
	 * @param exit takes the batches
	 */
	BatchGate(BatchOptions options, int limit, DelayScheduler scheduler, Consumer<List<Delivery>> exit) {
		this.options = options;
		this.limit = limit;
		this.deadline = new BatchDeadline(options, scheduler, this::deadlineIsOver);
		this.exit = exit;
	}

	@Override
	public boolean enter(Delivery delivery) {
		this.lock.lock();
		try {
			boolean again = this.unfinished.remove(delivery);
			if (this.barred != null && this.barred.test(delivery)) {
				return false;
			}
			this.waiting.add(delivery);
			if (again || this.barred != null) {
				this.due = true;
			}
			else {
				startDeadline();
			}
		}
		finally {
			this.lock.unlock();
		}
		pass();
		return true;
	}

	@Override
	public void leave(Delivery delivery) {
		this.lock.lock();
		try {
			Call call = this.running.remove(delivery);
			if (call != null && call.isLast()) {
				this.calls--;
			}
			if (!delivery.phase().isUnfinished()) {
				this.unfinished.remove(delivery);
			}
		}
		finally {
			this.lock.unlock();
		}
		pass();
	}

	@Override
	public void forget(Delivery delivery) {
		boolean removed;
		this.lock.lock();
		try {
			removed = this.unfinished.remove(delivery);
		}
		finally {
			this.lock.unlock();
		}
		if (removed) {
			pass();
		}
	}

	@Override
	public List<Delivery> end(Predicate<Delivery> newBarred) {
		List<Delivery> ended;
		this.lock.lock();
		try {
			this.barred = newBarred;
			ended = this.waiting.stream().filter(newBarred).sorted(ORDER).toList();
			this.waiting.removeAll(ended);
			this.due = true;
		}
		finally {
			this.lock.unlock();
		}
		pass();
		return ended;
	}

	@Override
	public List<Delivery> held() {
		this.lock.lock();
		try {
			return this.unfinished.stream()
				.filter((delivery) -> !this.running.containsKey(delivery))
				.sorted(ORDER)
				.toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void pass() {
		List<List<Delivery>> passed = new ArrayList<>(1);
		this.lock.lock();
		try {
			while (isOpen()) {
				passed.add(take());
			}
		}
		finally {
			this.lock.unlock();
		}
		passed.forEach(this.exit);
	}

	private boolean isOpen() {
		boolean inOrder = this.limit > 1 || this.unfinished.isEmpty();
		boolean full = this.waiting.size() >= this.options.size();
		return this.calls < this.limit && inOrder && !this.waiting.isEmpty() && (this.due || full);
	}

	private List<Delivery> take() {
		int size = Math.min(this.waiting.size(), this.options.size());
		List<Delivery> batch = new ArrayList<>(size);
		Call call = new Call(size);
		while (batch.size() < size) {
			Delivery next = this.waiting.remove();
			batch.add(next);
			this.running.put(next, call);
			this.unfinished.add(next);
		}
		this.calls++;
		this.deadline.end();
		this.due = this.barred != null;
		if (!this.waiting.isEmpty()) {
			startDeadline();
		}
		return batch;
	}

	private void startDeadline() {
		if (!this.due && !this.deadline.isRunning()) {
			this.due = !this.deadline.start();
		}
	}

	private void deadlineIsOver(int started) {
		this.lock.lock();
		try {
			this.due |= this.deadline.end(started);
		}
		finally {
			this.lock.unlock();
		}
		pass();
	}

	/**
	 * A call of the listener. Confined to the lock.
	 */
	private static final class Call {

		private int left;

		Call(int messages) {
			this.left = messages;
		}

		/**
		 * A message leaves.
		 * @return whether none is left
		 */
		boolean isLast() {
			this.left--;
			return this.left == 0;
		}

	}

}
