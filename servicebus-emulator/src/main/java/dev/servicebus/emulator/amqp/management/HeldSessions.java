package dev.servicebus.emulator.amqp.management;

import org.jspecify.annotations.Nullable;

/**
 * The sessions of one entity that a client holds.
 */
public interface HeldSessions {

	/**
	 * Whether the client holds the session.
	 */
	boolean holds(String sessionId);

	/**
	 * The session that the client holds by the link of that name, {@code null} if there
	 * is none.
	 */
	default @Nullable String byLink(String linkName) {
		return null;
	}

}
