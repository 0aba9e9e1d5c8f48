package dev.servicebus.emulator.entity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The rules of a queue once more, as plainly as possible: one list of messages, searched
 * from end to end.
 */
final class QueueModel {

	static final long NEVER = Long.MAX_VALUE;

	final List<Entry> entries = new ArrayList<>();

	private final EntityOptions options;

	long now;

	private long lastNumber;

	QueueModel(EntityOptions options, long now) {
		this.options = options;
		this.now = now;
	}

	void send(String id, long timeToLive, long scheduledAt) {
		Entry entry = new Entry(id, timeToLive);
		entry.number = ++this.lastNumber;
		this.entries.add(entry);
		if (scheduledAt > this.now) {
			entry.place = Place.SCHEDULED;
			entry.activeAt = scheduledAt;
		}
		else {
			activate(entry);
		}
	}

	/**
	 * Moves the time from event to event.
	 */
	void advance(long millis) {
		long target = this.now + millis;
		long next;
		while ((next = this.entries.stream().mapToLong(Entry::nextEvent).min().orElse(NEVER)) <= target) {
			this.now = next;
			this.entries.stream()
				.filter((entry) -> entry.place == Place.SCHEDULED && entry.activeAt <= this.now)
				.sorted(Comparator.comparingLong((entry) -> entry.number))
				.forEach((entry) -> {
					entry.number = ++this.lastNumber;
					activate(entry);
				});
			this.entries.stream().filter((entry) -> entry.locked && entry.lockedUntil <= this.now).forEach(this::fail);
			this.entries.stream()
				.filter((entry) -> entry.place == Place.ACTIVE && !entry.locked && entry.expiresAt <= this.now)
				.forEach(this::expire);
		}
		this.now = target;
		this.entries.removeIf((entry) -> entry.place == Place.GONE);
	}

	List<Entry> in(Predicate<Entry> filter) {
		return this.entries.stream().filter(filter).sorted(Comparator.comparingLong((entry) -> entry.number)).toList();
	}

	List<Entry> at(Place place) {
		return in((entry) -> entry.place == place);
	}

	List<Entry> ready(Place place) {
		return in((entry) -> entry.place == place && !entry.locked);
	}

	void lock(Entry entry) {
		entry.locked = true;
		entry.lockedUntil = this.now + this.options.lockDuration().toMillis();
	}

	void remove(Entry entry) {
		entry.locked = false;
		entry.place = Place.GONE;
	}

	void defer(Entry entry) {
		entry.locked = false;
		entry.place = (entry.place == Place.DEAD || entry.place == Place.DEAD_DEFERRED) ? Place.DEAD_DEFERRED
				: Place.DEFERRED;
	}

	void deadLetter(Entry entry, String reason) {
		entry.locked = false;
		entry.place = Place.DEAD;
		entry.reason = reason;
		entry.expiresAt = NEVER;
	}

	void fail(Entry entry) {
		if (!entry.isDead() && ++entry.deliveryCount >= this.options.maxDeliveryCount()) {
			deadLetter(entry, "MaxDeliveryCountExceeded");
		}
		else {
			release(entry);
		}
	}

	void release(Entry entry) {
		entry.locked = false;
		if (entry.place == Place.ACTIVE && entry.expiresAt <= this.now) {
			expire(entry);
		}
	}

	void expire(Entry entry) {
		if (this.options.deadLetteringOnMessageExpiration()) {
			deadLetter(entry, "TTLExpiredException");
		}
		else {
			remove(entry);
		}
	}

	private void activate(Entry entry) {
		entry.place = Place.ACTIVE;
		long limit = this.options.defaultTimeToLive().toMillis();
		entry.expiresAt = this.now + Math.min(entry.timeToLive, limit);
	}

	enum Place {

		SCHEDULED, ACTIVE, DEFERRED, DEAD, DEAD_DEFERRED, GONE

	}

	static final class Entry {

		final String id;

		private final long timeToLive;

		Place place = Place.GONE;

		long number;

		int deliveryCount;

		boolean locked;

		long lockedUntil;

		String reason;

		private long activeAt;

		long expiresAt = NEVER;

		Entry(String id, long timeToLive) {
			this.id = id;
			this.timeToLive = timeToLive;
		}

		boolean isDead() {
			return this.place == Place.DEAD || this.place == Place.DEAD_DEFERRED;
		}

		private long nextEvent() {
			if (this.locked) {
				return this.lockedUntil;
			}
			return switch (this.place) {
				case SCHEDULED -> this.activeAt;
				case ACTIVE -> this.expiresAt;
				default -> NEVER;
			};
		}

	}

}
