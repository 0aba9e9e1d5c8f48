package dev.servicebus.emulator.entity;

import java.time.Instant;

import dev.servicebus.emulator.time.BrokerTimers;

/**
 * Keeps the times of an entity. Runs at every use, and therefore only notes a number.
 */
final class EntityHistory {

	private static final long NEVER = Long.MIN_VALUE;

	private final BrokerTimers timers;

	private final long createdAt;

	private long updatedAt;

	private long accessedAt = NEVER;

	EntityHistory(BrokerTimers timers) {
		this.timers = timers;
		this.createdAt = timers.now();
		this.updatedAt = this.createdAt;
	}

	void updated() {
		this.updatedAt = this.timers.now();
	}

	void accessed() {
		this.accessedAt = this.timers.now();
	}

	EntityTimes times() {
		return new EntityTimes(Instant.ofEpochMilli(this.createdAt), Instant.ofEpochMilli(this.updatedAt),
				(this.accessedAt != NEVER) ? Instant.ofEpochMilli(this.accessedAt) : null);
	}

	/**
	 * The history of another entity in the same time.
	 */
	EntityHistory ofAnother() {
		return new EntityHistory(this.timers);
	}

}
