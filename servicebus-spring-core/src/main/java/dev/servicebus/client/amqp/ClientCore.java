package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.client.connection.ConnectionOwner;
import dev.servicebus.client.retry.RetrySchedule;

/**
 * What all parts of a client share. Immutable.
 *
 * @param clientId identifies the client to the broker
 * @param linkNames names its links
 * @param owner owns the connection
 * @param completions takes results to those who wait
 * @param renewals renews locks
 * @param retry says when a failed operation is tried again
 * @param outgoing turns messages into payloads
 * @param clock tells when messages are made
 * @param terms the terms of operations of which the program says nothing else
 */
record ClientCore(String clientId, LinkNames linkNames, ConnectionOwner owner, Completions completions,
		LockRenewals renewals, RetrySchedule retry, Outgoing outgoing, InstantSource clock, WorkTerms terms) {

	private static final Symbol TIMEOUT = Symbol.of("com.microsoft:timeout");

	private static final Symbol RECEIVER_NAME = Symbol.of("com.microsoft:receiver-name");

	/** How much earlier than this side the broker should give up. */
	private static final Duration BROKER_MARGIN = Duration.ofSeconds(1);

	/**
	 * Properties of every link: how long the broker may hold an attach back.
	 */
	Map<Symbol, Object> linkProperties() {
		return Map.of(TIMEOUT, UnsignedInteger.of(brokerTimeout(operationTimeout()).toMillis()));
	}

	/**
	 * Properties of a link that receives.
	 */
	Map<Symbol, Object> receiverProperties() {
		return receiverProperties(brokerTimeout(operationTimeout()));
	}

	/**
	 * Properties of a link that receives, and whose attach the broker may hold back for
	 * so long. The service names the receiver in its errors.
	 */
	Map<Symbol, Object> receiverProperties(Duration brokerTimeout) {
		return Map.of(TIMEOUT, UnsignedInteger.of(brokerTimeout.toMillis()), RECEIVER_NAME, this.clientId);
	}

	/**
	 * Within which an operation ends, all its attempts included.
	 */
	Duration operationTimeout() {
		return this.terms.timeout();
	}

	/**
	 * The time limit to tell the broker, a little shorter than our own.
	 */
	static Duration brokerTimeout(Duration timeout) {
		Duration shorter = timeout.minus(BROKER_MARGIN);
		return (shorter.compareTo(BROKER_MARGIN) > 0) ? shorter : timeout;
	}

	void execute(Runnable task) {
		this.owner.execute(task);
	}

}
