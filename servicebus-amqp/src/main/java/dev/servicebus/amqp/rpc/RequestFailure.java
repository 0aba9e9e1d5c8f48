package dev.servicebus.amqp.rpc;

import dev.servicebus.amqp.AmqpError;
import org.jspecify.annotations.Nullable;

/**
 * Why a request has no response. Immutable.
 *
 * @param kind what happened
 * @param sent whether the request was sent, so that it may have been carried out
 * @param error what the peer said about it, if anything
 */
public record RequestFailure(Kind kind, boolean sent, @Nullable AmqpError error) {

	/**
	 * What happened to a request.
	 */
	public enum Kind {

		/** The time limit has passed. */
		TIMEOUT,

		/** The links are gone. */
		LINK_LOST,

		/** The peer did not take the request. */
		REJECTED

	}

}
