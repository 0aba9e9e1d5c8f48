package dev.servicebus.client;

import java.util.concurrent.CompletableFuture;

/**
 * Sessions of one entity, pushed as they become free: what listener containers are built
 * on. For every free slot one question for a session waits at the broker; a session takes
 * its slot until it is closed or lost. A source survives the loss of links and
 * connections.
 *
 * <p>
 * Thread-safe. No method blocks.
 */
public interface SessionSource extends AutoCloseable {

	/**
	 * The path that is read, with its sub-queue.
	 */
	String entityPath();

	/**
	 * Sets how many sessions can be worked on at the same time; 0 pauses. Sessions beyond
	 * that are kept until they are closed. A source begins paused.
	 */
	void demand(int sessions);

	/**
	 * Ends the intake: no more sessions to the listener; the future completes when none
	 * can come any more. Those it has can be worked on and have to be closed. Harmless
	 * when repeated.
	 */
	CompletableFuture<Void> stop();

	/**
	 * Stops, and closes the sessions that are still held. Harmless when repeated.
	 */
	@Override
	void close();

	/**
	 * Hears what a source brings. All calls come from the connection's event loop: they
	 * must not block and not run user code.
	 */
	interface Listener {

		/**
		 * A session was accepted. It is paused, so no message comes before the first call
		 * of {@link SessionMessageSource#demand(int)}.
		 * @return hears what the session brings
		 */
		SessionListener onSession(SessionMessageSource session);

		/**
		 * No session can be accepted at present; the source keeps trying. Called once an
		 * outage. That there is no session is no failure.
		 */
		default void onFailure(ServiceBusException failure) {
		}

		/**
		 * Sessions can be accepted (again).
		 */
		default void onReady() {
		}

	}

	/**
	 * Hears what a session brings, like {@link Listener}.
	 */
	interface SessionListener extends MessageSource.Listener {

		/**
		 * The lock of the session is lost, and with it those of its messages, which were
		 * told one by one before. The slot is free, nothing more comes, and nothing can
		 * be settled.
		 */
		void onSessionLost(SessionLockLostException failure);

	}

}
