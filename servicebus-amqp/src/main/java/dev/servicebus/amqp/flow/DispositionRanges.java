package dev.servicebus.amqp.flow;

import java.util.Arrays;

/**
 * Collects delivery ids that get the same disposition and gives them back as ranges, so
 * that settling many messages costs few frames. Ids are serial numbers of 32 bits (RFC
 * 1982) and may come in any order. Not thread-safe.
 */
public final class DispositionRanges {

	private static final int INITIAL_SIZE = 16;

	private int[] ids = new int[INITIAL_SIZE];

	private int size;

	/**
	 * Adds an id. An id may be added only once between two calls of {@link #drainTo}.
	 */
	public void add(int id) {
		if (this.size == this.ids.length) {
			this.ids = Arrays.copyOf(this.ids, this.size * 2);
		}
		this.ids[this.size++] = id;
	}

	public boolean isEmpty() {
		return this.size == 0;
	}

	/**
	 * Gives every collected id to {@code sink} in as few ranges as possible, in ascending
	 * order, and forgets them.
	 */
	public void drainTo(Sink sink) {
		int count = this.size;
		this.size = 0;
		if (count == 0) {
			return;
		}
		int base = this.ids[0];
		sortFrom(base, count);
		int first = this.ids[0];
		int last = first;
		for (int i = 1; i < count; i++) {
			int id = this.ids[i];
			if (id != last + 1) {
				sink.range(first, last);
				first = id;
			}
			last = id;
		}
		sink.range(first, last);
	}

	/**
	 * Sorts by distance from one of the ids, so that a wrap-around of the serial numbers
	 * does not tear the order.
	 */
	private void sortFrom(int base, int count) {
		boolean sorted = true;
		for (int i = 0; i < count; i++) {
			this.ids[i] -= base;
			sorted &= i == 0 || this.ids[i - 1] < this.ids[i];
		}
		if (!sorted) {
			Arrays.sort(this.ids, 0, count);
		}
		for (int i = 0; i < count; i++) {
			this.ids[i] += base;
		}
	}

	/**
	 * Takes ranges of ids, both ends included.
	 */
	@FunctionalInterface
	public interface Sink {

		void range(int first, int last);

	}

}
