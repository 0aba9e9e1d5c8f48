package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.Map;

import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.connection.LinkFailure;

/**
 * What a source asks for when it attaches its link, and what it does when that is lost:
 * the difference between reading an entity and reading a session. Called on the loop.
 */
interface ReceiverTerms {

	/**
	 * Where messages come from.
	 */
	Terminus.Source source();

	/**
	 * The link is about to be attached.
	 * @return properties of the link
	 */
	Map<Symbol, Object> attaching();

	/**
	 * How long an answer to an attach is waited for.
	 */
	Duration attachTimeout();

	/**
	 * The broker has attached.
	 */
	default void attached(ReceiverLife life) {
	}

	/**
	 * The link is lost, or could not be attached.
	 * @return what to do about it
	 */
	Next lost(LinkFailure failure);

	/**
	 * A message has come, or was settled.
	 */
	default void used() {
	}

	/**
	 * The source is closed and asks for nothing any more.
	 */
	default void closed() {
	}

	/**
	 * Returns whether each message has a lock of its own: one that holds when the link is
	 * gone, and that is renewed by itself.
	 */
	boolean locksMessages();

	/**
	 * What to do about a lost link.
	 */
	enum Next {

		/** Attach again, the first time at once, then with growing delay. */
		AGAIN,

		/** Attach again at once: nothing is wrong. */
		AT_ONCE,

		/** Do without the link. */
		STOP

	}

}
