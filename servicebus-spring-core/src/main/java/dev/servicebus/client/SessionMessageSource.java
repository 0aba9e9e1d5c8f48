package dev.servicebus.client;

/**
 * Messages of one session, pushed in the order in which they were sent.
 * {@linkplain #demand(int) Demand} says how many of them the listener has unsettled at a
 * time; what is fetched ahead waits here. With a demand of one they are strictly one
 * after another: a message that is abandoned comes again before those that follow it.
 *
 * <p>
 * When the link of the session was lost and the session granted again, the locks of the
 * messages that the listener has are reported as lost, and the messages come again: a
 * listener that is busy with such a message has to finish before it turns to the next.
 *
 * <p>
 * Closing gives the session back, with what was not settled, and frees its slot.
 * Thread-safe. No method blocks.
 */
public interface SessionMessageSource extends MessageSource {

	/**
	 * The session. Its blocking methods must not be called from a listener.
	 */
	ServiceBusSession session();

}
