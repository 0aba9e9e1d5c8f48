package dev.servicebus.listener;

/**
 * A {@link MessageListener} that wants to have the last word on messages that it has
 * failed with: it implements this, too.
 */
@FunctionalInterface
public interface DeadLetterRecoverer {

	/**
	 * Called when a message is about to be dead-lettered because of a failure: its
	 * attempts are used up, or no other one is made. Called on the thread of the failure,
	 * which may block where the listener may; the message keeps its lock meanwhile.
	 * @param failure what has happened
	 * @param outcome what is going to become of the message
	 * @param context as the listener had it
	 * @return what becomes of it instead; {@code outcome} to leave it at that
	 * @throws Exception is logged, and told by the dead letter, too
	 */
	Outcome recover(ListenerFailure failure, Outcome.DeadLetter outcome, ListenerContext context) throws Exception;

}
