package dev.servicebus.client;

import java.time.Duration;

/**
 * Receives messages of one session, which is locked for it: nobody else gets them, and
 * they come in the order in which they were sent. Closing gives the session back, with
 * what was not settled. Thread-safe.
 *
 * <p>
 * The lock is lost when it is not renewed in time, or when the link is lost and the
 * broker does not grant the same session at once again. Everything fails with a
 * {@link SessionLockLostException} then. Messages that were received before the link was
 * lost come again; settling them fails with a {@link MessageLockLostException}.
 */
public interface SessionReceiver extends ServiceBusReceiver {

	/**
	 * The session.
	 */
	ServiceBusSession session();

	/**
	 * The same receiver with another time limit, for its session, too.
	 */
	@Override
	SessionReceiver withTimeout(Duration timeout);

}
