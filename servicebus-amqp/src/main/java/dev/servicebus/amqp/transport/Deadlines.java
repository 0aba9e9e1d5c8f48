package dev.servicebus.amqp.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Time limits of the many small things a connection waits for: outcomes, answers, locks.
 * One timer of the loop serves all of them, so a limit that is kept costs two pointer
 * updates to add and four to take back.
 *
 * <p>
 * Entries form a list in the order of their deadlines. Limits of one length arrive in
 * that order already; an entry with a shorter limit walks from the end to its place. The
 * timer is set for the first entry and stays set when that one is taken back, because a
 * timer that finds nothing due costs less than one that is moved with every message.
 *
 * <p>
 * Used only on its loop.
 */
public final class Deadlines {

	/** Far beyond any limit, yet safe to compare across an overflow of the clock. */
	private static final long FOREVER = Long.MAX_VALUE / 4;

	private final EventLoop loop;

	private @Nullable Entry head;

	private @Nullable Entry tail;

	private int size;

	private EventLoop.@Nullable Timer timer;

	private long timerDeadline;

	public Deadlines(EventLoop loop) {
		this.loop = loop;
	}

	/**
	 * Makes {@code entry} expire unless it is cancelled before the limit has passed.
	 * Entries with the same deadline expire in the order in which they were added.
	 * @throws IllegalStateException if the entry is pending already
	 */
	public void add(Duration limit, Entry entry) {
		assert this.loop.inEventLoop() : "Deadlines belong to their loop";
		if (entry.owner != null) {
			throw new IllegalStateException("The entry is pending already: " + entry);
		}
		entry.owner = this;
		entry.deadline = this.loop.nanoTime() + Math.min(TimeUnit.NANOSECONDS.convert(limit), FOREVER);
		insert(entry);
		if (this.head == entry) {
			arm(entry);
		}
	}

	/**
	 * Runs {@code whenExpired} unless the returned entry is cancelled before the limit
	 * has passed.
	 */
	public Entry add(Duration limit, Runnable whenExpired) {
		Entry entry = new Entry() {
			@Override
			protected void expired() {
				whenExpired.run();
			}
		};
		add(limit, entry);
		return entry;
	}

	/**
	 * The number of pending entries.
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Cancels every entry and the timer.
	 */
	public void clear() {
		for (Entry entry = this.head; entry != null; entry = this.head) {
			remove(entry);
		}
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	/**
	 * Lets every entry expire now, for an owner that ends before its limits.
	 */
	public void expireAll() {
		for (Entry entry = this.head; entry != null; entry = this.head) {
			remove(entry);
			entry.expired();
		}
		clear();
	}

	private void insert(Entry entry) {
		Entry before = this.tail;
		while (before != null && before.deadline - entry.deadline > 0) {
			before = before.previous;
		}
		Entry after = (before != null) ? before.next : this.head;
		link(before, entry);
		link(entry, after);
		this.size++;
	}

	private void remove(Entry entry) {
		link(entry.previous, entry.next);
		entry.previous = null;
		entry.next = null;
		entry.owner = null;
		this.size--;
	}

	private void link(@Nullable Entry left, @Nullable Entry right) {
		if (left != null) {
			left.next = right;
		}
		else {
			this.head = right;
		}
		if (right != null) {
			right.previous = left;
		}
		else {
			this.tail = left;
		}
	}

	private void arm(Entry first) {
		if (this.timer != null) {
			if (this.timerDeadline - first.deadline <= 0) {
				return;
			}
			this.timer.cancel();
		}
		this.timerDeadline = first.deadline;
		this.timer = this.loop.schedule(Duration.ofNanos(first.deadline - this.loop.nanoTime()), this::expire);
	}

	private void expire() {
		this.timer = null;
		long now = this.loop.nanoTime();
		try {
			// Entries that a callback adds are left to the next run, even with limit
			// zero.
			int candidates = this.size;
			for (Entry first = this.head; candidates-- > 0 && first != null
					&& first.deadline - now <= 0; first = this.head) {
				remove(first);
				first.expired();
			}
		}
		finally {
			if (this.head != null) {
				arm(this.head);
			}
		}
	}

	/**
	 * Something that is waited for. Extend it where the waiting object exists anyway;
	 * nothing else is allocated then. It can be added again when it is no longer pending.
	 */
	public abstract static class Entry {

		private @Nullable Deadlines owner;

		private @Nullable Entry previous;

		private @Nullable Entry next;

		private long deadline;

		/**
		 * The limit has passed. Called on the loop; the entry is not pending any more. An
		 * exception goes to the loop and does not keep other entries from expiring.
		 */
		protected abstract void expired();

		/**
		 * Takes the entry back. Harmless when it is not pending.
		 * @return whether it was pending
		 */
		public final boolean cancel() {
			Deadlines deadlines = this.owner;
			if (deadlines == null) {
				return false;
			}
			deadlines.remove(this);
			return true;
		}

		/**
		 * Returns whether the entry has been added and neither expired nor been
		 * cancelled.
		 */
		public final boolean isPending() {
			return this.owner != null;
		}

	}

}
