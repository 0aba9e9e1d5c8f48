package dev.servicebus.listener;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ServiceBusSession;

/**
 * What a listener may know about, and do with, the session of the message that it
 * handles. Thread-safe; of use until the message is settled.
 */
public interface SessionContext {

	/**
	 * The session. Its blocking methods may be called on the thread of the listener.
	 */
	ServiceBusSession session();

	/**
	 * Gives the session back when the messages of it that are being handled are settled;
	 * no further ones are taken. If it has more, it is offered to whoever waits for a
	 * session, which may be this container again.
	 */
	void release();

	/**
	 * What is stored with the session, or what was last set here. Blocks when it has to
	 * be read from the broker, which is the case once a stay of the session.
	 * @return {@code null} if nothing is stored
	 */
	byte @Nullable [] state();

	/**
	 * Stores something with the session right before the message is settled, and not at
	 * all if the listener fails.
	 * @param state what to store, {@code null} for nothing
	 * @see SessionState
	 */
	void state(byte @Nullable [] state);

}
