package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

import dev.servicebus.amqp.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Says when something is due, for any number of things on one timer. Time is cut into
 * slices, and what is due within one slice is due together, at its beginning: never too
 * late, and many at once. What is in the calendar carries its own place in it, so that
 * coming and going allocates nothing. Confined to the loop.
 *
 * @param <T> what becomes due
 */
final class RenewalCalendar<T extends RenewalCalendar.Entry<T>> {

	static final Duration SLICE = Duration.ofMillis(250);

	private final EventLoop loop;

	private final Consumer<List<T>> due;

	private final TreeMap<Long, Slice<T>> slices = new TreeMap<>();

	private final long origin;

	/** The slice that was used last: most things are due soon after each other. */
	private @Nullable Slice<T> latest;

	private EventLoop.@Nullable Timer timer;

	private long timerSlice;

	/**
	 * Makes an empty calendar.
	 * @param loop the loop with the timer
	 * @param due takes what is due
	 */
	RenewalCalendar(EventLoop loop, Consumer<List<T>> due) {
		this.loop = loop;
		this.due = due;
		this.origin = loop.nanoTime();
	}

	/**
	 * Adds something that is not in the calendar.
	 * @param delayNanos after which it is due at the latest
	 */
	void add(long delayNanos, T item) {
		Slice<T> slice = slice(numberIn(delayNanos));
		slice.add(item);
		arm();
	}

	/**
	 * Removes something. Harmless when it is not there any more. The timer stays: one
	 * that finds nothing due costs less than one that is moved with every message.
	 */
	void remove(T item) {
		Slice<T> slice = item.slice;
		if (slice != null) {
			slice.remove(item);
			if (slice.isEmpty()) {
				forget(slice);
			}
		}
	}

	int size() {
		return this.slices.values().stream().mapToInt((slice) -> slice.items.size()).sum();
	}

	private long numberIn(long delayNanos) {
		return (this.loop.nanoTime() - this.origin + delayNanos) / SLICE.toNanos();
	}

	private Slice<T> slice(long number) {
		Slice<T> slice = this.latest;
		if (slice == null || slice.number != number) {
			slice = this.slices.computeIfAbsent(number, Slice::new);
			this.latest = slice;
		}
		return slice;
	}

	private void forget(Slice<T> slice) {
		this.slices.remove(slice.number);
		if (this.latest == slice) {
			this.latest = null;
		}
	}

	private void arm() {
		if (this.slices.isEmpty()) {
			return;
		}
		long first = this.slices.firstKey();
		if (this.timer != null) {
			if (this.timerSlice <= first) {
				return;
			}
			this.timer.cancel();
		}
		long at = first * SLICE.toNanos() + this.origin;
		this.timerSlice = first;
		this.timer = this.loop.schedule(Duration.ofNanos(at - this.loop.nanoTime()), this::runDue);
	}

	private void runDue() {
		this.timer = null;
		long now = numberIn(0);
		List<T> items = new ArrayList<>();
		while (!this.slices.isEmpty() && this.slices.firstKey() <= now) {
			Slice<T> first = this.slices.firstEntry().getValue();
			forget(first);
			items.addAll(first.leave());
		}
		try {
			if (!items.isEmpty()) {
				this.due.accept(items);
			}
		}
		finally {
			arm();
		}
	}

	/**
	 * What can be in one calendar, once at a time.
	 *
	 * @param <T> itself
	 */
	abstract static class Entry<T extends Entry<T>> {

		@Nullable Slice<T> slice;

		int place;

	}

	/**
	 * What is due together. An array rather than links between the items: renewing a
	 * hundred thousand locks writes to one new array instead of to every old object,
	 * which is work for the garbage collector.
	 *
	 * @param <T> what is due
	 */
	private static final class Slice<T extends Entry<T>> {

		private final long number;

		private final List<T> items = new ArrayList<>();

		Slice(long number) {
			this.number = number;
		}

		void add(T item) {
			item.slice = this;
			item.place = this.items.size();
			this.items.add(item);
		}

		/**
		 * Removes an item; the last one takes its place.
		 */
		void remove(T item) {
			item.slice = null;
			T last = this.items.remove(this.items.size() - 1);
			if (last != item) {
				last.place = item.place;
				this.items.set(item.place, last);
			}
		}

		boolean isEmpty() {
			return this.items.isEmpty();
		}

		List<T> leave() {
			for (T item : this.items) {
				item.slice = null;
			}
			return this.items;
		}

	}

}
