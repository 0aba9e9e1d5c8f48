package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.DelayScheduler;

/**
 * When messages came. A message costs one look at the clock. Thread-safe.
 */
final class Activity {

	private final DelayScheduler clock;

	private final InFlight inFlight;

	private volatile long lastArrival;

	private volatile boolean any;

	Activity(DelayScheduler clock, InFlight inFlight) {
		this.clock = clock;
		this.inFlight = inFlight;
	}

	/**
	 * A message has come.
	 * @return when, on the clock of the scheduler
	 */
	long arrived() {
		long now = this.clock.nanoTime();
		this.lastArrival = now;
		if (!this.any) {
			this.any = true;
		}
		return now;
	}

	/**
	 * How many messages are in hand.
	 */
	int inFlight() {
		return this.inFlight.all().size();
	}

	@Nullable Duration sinceLastMessage() {
		return this.any ? Duration.ofNanos(this.clock.nanoTime() - this.lastArrival) : null;
	}

	/**
	 * How long the message that has been here longest has been here.
	 */
	@Nullable Duration oldestInFlight() {
		long now = this.clock.nanoTime();
		OptionalLong oldest = this.inFlight.all().stream().mapToLong((delivery) -> now - delivery.arrived()).max();
		return oldest.isPresent() ? Duration.ofNanos(Math.max(0, oldest.getAsLong())) : null;
	}

}
