package dev.servicebus.emulator.delivery;

/**
 * A session whose lock somebody holds: until it is closed, its lock expires, or its
 * entity ends. Belongs to the broker's loop.
 */
public interface AcceptedSession {

	String sessionId();

	/**
	 * When the lock ends, in milliseconds since the epoch.
	 */
	long lockedUntil();

	/**
	 * Names who gets the session's messages, once. It gets nothing before it has called
	 * {@link ConsumerRegistration#demandChanged()}. When the lock is lost, it is told by
	 * {@link Consumer#ended}; cancelling its registration closes the session.
	 * @throws dev.servicebus.emulator.store.BrokerException if the lock is lost already
	 */
	ConsumerRegistration register(Consumer consumer);

	/**
	 * Gives the session free. Messages that were delivered and not settled are back in
	 * their places, as if they had not been delivered. Harmless when the lock has ended
	 * already.
	 */
	void close();

}
