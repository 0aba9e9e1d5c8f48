package dev.servicebus.listener.container;

import java.util.List;
import java.util.function.Predicate;

/**
 * Decides when messages of a session are handled. Thread-safe; no method blocks.
 */
interface Gate {

	/**
	 * A message waits for its turn.
	 * @return {@code false} if the session has ended for it
	 */
	boolean enter(Delivery delivery);

	/**
	 * A message that has passed is not being handled any more.
	 */
	void leave(Delivery delivery);

	/**
	 * Nothing happens to a message any more.
	 */
	default void forget(Delivery delivery) {
	}

	/**
	 * Ends the session for some messages, also those that come later, and lets the others
	 * wait for nothing but their turn.
	 * @param barred tells which messages are not handled any more
	 * @return those of them that have entered and not passed
	 */
	default List<Delivery> end(Predicate<Delivery> barred) {
		return List.of();
	}

	/**
	 * The messages that have passed and left but keep the others from passing.
	 */
	default List<Delivery> held() {
		return List.of();
	}

}
