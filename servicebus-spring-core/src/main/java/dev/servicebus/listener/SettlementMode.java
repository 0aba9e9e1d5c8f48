package dev.servicebus.listener;

/**
 * Who settles the messages of a listener.
 */
public enum SettlementMode {

	/**
	 * The container completes a message when its listener returns, unless the listener
	 * has settled it already.
	 */
	AUTO,

	/**
	 * The container completes a message when its listener returns or throws, unless the
	 * listener has settled it already: for messages that are not worth another attempt. A
	 * failure is reported like any other, with {@link Outcome#complete()} as the
	 * proposal, which an {@link ErrorHandler} or an {@link OutcomeException} may still
	 * overrule.
	 */
	ALWAYS,

	/**
	 * The listener settles through its {@link Settlement}. Only a failure is settled by
	 * the container.
	 */
	MANUAL,

	/**
	 * Nobody: a message leaves the entity as soon as it is sent to this container. It is
	 * lost if the process dies, or if the listener fails for good.
	 */
	RECEIVE_AND_DELETE

}
