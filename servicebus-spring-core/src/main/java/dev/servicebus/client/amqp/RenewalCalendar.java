package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import dev.servicebus.amqp.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Says when something is due, for any number of things on one timer. Time is cut into
 * slices, and what is due within one slice is due together, at its beginning: never too
 * late, and many at once. Confined to the loop.
 *
 * @param <T> what becomes due; told apart by identity
 */
final class RenewalCalendar<T> {

	static final Duration SLICE = Duration.ofMillis(250);

	private final EventLoop loop;

	private final Consumer<List<T>> due;

	private final TreeMap<Long, Set<T>> slices = new TreeMap<>();

	private final long origin;

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
	 * Adds something.
	 * @param delay after which it is due at the latest
	 * @return the slice, by which it can be removed
	 */
	long add(Duration delay, T item) {
		long slice = slice(delay);
		this.slices.computeIfAbsent(slice, (added) -> new LinkedHashSet<>()).add(item);
		arm();
		return slice;
	}

	/**
	 * Removes something. Harmless when it is not there any more. The timer stays: one
	 * that finds nothing due costs less than one that is moved with every message.
	 */
	void remove(long slice, T item) {
		Set<T> items = this.slices.get(slice);
		if (items != null && items.remove(item) && items.isEmpty()) {
			this.slices.remove(slice);
		}
	}

	int size() {
		return this.slices.values().stream().mapToInt(Set::size).sum();
	}

	private long slice(Duration delay) {
		return (this.loop.nanoTime() - this.origin + delay.toNanos()) / SLICE.toNanos();
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
		long now = slice(Duration.ZERO);
		List<T> items = new ArrayList<>();
		while (!this.slices.isEmpty() && this.slices.firstKey() <= now) {
			Map.Entry<Long, Set<T>> first = this.slices.pollFirstEntry();
			items.addAll(first.getValue());
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

}
