package dev.servicebus.listener;

import java.util.Collection;

import dev.servicebus.client.ServiceBusSession;

/**
 * Hears when containers get sessions and when they give them back; a place to load and to
 * store what belongs to a session as a whole. Every bean of this type hears of all
 * listeners.
 *
 * <p>
 * Thread-safe: sessions come and go at the same time. For one session the calls are
 * ordered: nothing of it is handled before {@link #sessionOpened} has returned, and while
 * {@link #sessionClosing} runs. Both are called on a thread that may block, for which the
 * session waits. What they throw is logged and changes nothing.
 */
public interface SessionLifecycleListener {

	/** Does nothing. */
	SessionLifecycleListener NONE = new SessionLifecycleListener() {
	};

	/**
	 * Tells several listeners, in their order when a session comes and in the reverse
	 * order when it goes.
	 */
	static SessionLifecycleListener of(Collection<? extends SessionLifecycleListener> listeners) {
		return listeners.isEmpty() ? NONE : new SessionLifecycleChain(listeners);
	}

	/**
	 * The container has the session and is about to take its messages.
	 */
	default void sessionOpened(String listenerId, ServiceBusSession session) {
	}

	/**
	 * The container is done with the session, and gives it back after this call.
	 * @param session still locked, so that its state can be stored, unless the reason is
	 * {@link SessionEnd#LOST}
	 */
	default void sessionClosing(String listenerId, ServiceBusSession session, SessionEnd reason) {
	}

}
