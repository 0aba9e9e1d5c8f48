package dev.servicebus.amqp;

/**
 * The part an endpoint plays on a link.
 */
public enum Role {

	/** Sends messages. */
	SENDER,

	/** Receives messages. */
	RECEIVER

}
