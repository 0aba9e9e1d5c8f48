package dev.servicebus.emulator.time;

import java.time.Instant;
import java.time.InstantSource;

/**
 * What the broker takes for the present: a source of real instants plus the distance by
 * which the emulator's time was moved forward. Its resolution is one millisecond, the
 * resolution of an AMQP timestamp.
 *
 * <p>
 * Not thread-safe: belongs to the broker's loop. Only {@link BrokerTimers} move it, so
 * that no deadline is ever skipped.
 */
public final class BrokerClock implements InstantSource {

	private static final long RUNNING = Long.MIN_VALUE;

	private final InstantSource source;

	private long offset;

	private long heldAt = RUNNING;

	/**
	 * Creates a clock that shows the time of {@code source} until it is moved.
	 */
	public BrokerClock(InstantSource source) {
		this.source = source;
	}

	@Override
	public Instant instant() {
		return Instant.ofEpochMilli(millis());
	}

	@Override
	public long millis() {
		return (this.heldAt != RUNNING) ? this.heldAt : this.source.millis() + this.offset;
	}

	/**
	 * Stands still at {@code millis} until {@link #runOnFrom(long)}.
	 */
	void holdAt(long millis) {
		this.heldAt = millis;
	}

	void runOnFrom(long millis) {
		this.heldAt = RUNNING;
		this.offset = millis - this.source.millis();
	}

}
