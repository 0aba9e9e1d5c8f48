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
	 * Properties of the link.
	 */
	Map<Symbol, Object> linkProperties();

	/**
	 * How long an answer to an attach is waited for.
	 */
	Duration attachTimeout();

	/**
	 * The broker has attached.
	 */
	void attached(ReceiverLife life);

	/**
	 * The link is lost, or could not be attached.
	 * @return whether to attach again
	 */
	boolean lost(LinkFailure failure);

	/**
	 * Returns whether the locks of messages hold when the link is gone on which they
	 * came.
	 */
	boolean locksOutliveLink();

}
