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
	 * An error handler to which routes for types of errors are added. Without any it does
	 * what the container proposes.
	 */
	static ErrorRoutes byType() {
		return ErrorRoutes.NONE;
	}

	/**
	 * Decides about one failure. Called once for each; if it throws, that is logged and
	 * the proposal stands.
	 */
	Outcome handle(ListenerFailure failure);

}
