package dev.servicebus.emulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The emulator's time: real time, plus what it was moved forward. Locks, times to live,
 * scheduled messages and what is left of the life of tokens follow it. A token that is
 * shown later is judged by real time all the same, because clients make tokens by their
 * own clocks. Thread-safe.
 */
public final class EmulatorClock implements InstantSource {

	private final RunningEmulator emulator;

	EmulatorClock(RunningEmulator emulator) {
		this.emulator = emulator;
	}

	/**
	 * The emulator's present.
	 */
	@Override
	public Instant instant() {
		return this.emulator.call(this.emulator.clock()::instant);
	}

	/**
	 * Moves the time forward. Everything that becomes due on the way has happened when
	 * this returns, in its order and each at its own instant.
	 * @param duration how far, not negative
	 */
	public void advance(Duration duration) {
		this.emulator.run(() -> this.emulator.timers().advance(duration));
	}

}
