package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;

import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.client.connection.ConnectionOwner;
import dev.servicebus.client.retry.RetryOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all parts of a client share. Immutable.
 *
 * @param clientId identifies the client to the broker
 * @param linkNames names its links
 * @param owner owns the connection
 * @param completions takes results to those who wait
 * @param renewals renews locks
 * @param outgoing turns messages into payloads
 * @param clock tells when messages are made
 * @param terms the terms of operations of which the program says nothing else
 * @param random draws the jitter of delays; thread-safe
 */
record ClientCore(String clientId, LinkNames linkNames, ConnectionOwner owner, Completions completions,
		LockRenewals renewals, Outgoing outgoing, InstantSource clock, WorkTerms terms, RandomGenerator random) {

	private static final Logger logger = LoggerFactory.getLogger(ClientCore.class);

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

	/**
	 * The same for a part of the client that has retry options of its own.
	 */
	ClientCore with(@Nullable RetryOptions options) {
		return (options != null) ? new ClientCore(this.clientId, this.linkNames, this.owner, this.completions,
				this.renewals, this.outgoing, this.clock, WorkTerms.of(options, this.random), this.random) : this;
	}

	/**
	 * Runs something on the loop that is done anyway once the client has ended, such as
	 * closing a part of it.
	 */
	void executeUnlessEnded(Runnable task) {
		try {
			execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Nothing is left to do after the client has ended", ex);
		}
	}

	/**
	 * Runs something on the loop.
	 * @throws RejectedExecutionException if the loop has ended
	 */
	void execute(Runnable task) {
		this.owner.execute(task);
	}

}
