package dev.servicebus.listener;

/**
 * Decides what becomes of a message whose handling has failed. Thread-safe; it runs on
 * the thread of the failure and should not block.
 */
@FunctionalInterface
public interface ErrorHandler {

	/** Does what the container proposes. */
	ErrorHandler PROPOSED = ListenerFailure::proposal;

	/**
	 * Decides about one failure. Called once for each; if it throws, that is logged and
	 * the proposal stands.
	 */
	Outcome handle(ListenerFailure failure);

}
