package dev.servicebus.listener;

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

}
