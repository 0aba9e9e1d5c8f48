package dev.servicebus.emulator.session;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A session as it stood at one moment. Immutable, provided that nobody changes the state.
 *
 * @param id its id
 * @param state what receivers have stored, {@code null} for nothing
 * @param messages how many messages it has, whatever their state
 * @param lockedUntil when its lock ends, {@code null} if nobody holds it
 */
public record SessionSnapshot(String id, byte @Nullable [] state, int messages, @Nullable Instant lockedUntil) {

	/**
	 * Returns whether a receiver holds the session.
	 */
	public boolean isLocked() {
		return this.lockedUntil != null;
	}

}
