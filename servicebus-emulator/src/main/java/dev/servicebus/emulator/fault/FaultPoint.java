package dev.servicebus.emulator.fault;

/**
 * Where in the conversation with a client a fault can happen.
 */
public enum FaultPoint {

	/** A client has connected and has not said anything yet. */
	CONNECT,

	/** A client authenticates by SASL. */
	SASL,

	/** A client has opened its AMQP connection. */
	OPEN,

	/** A client shows a token. */
	TOKEN,

	/** A client attaches a link. */
	ATTACH,

	/** A client sends a message, or a batch. */
	SEND,

	/** A message is about to go to a client. */
	DELIVER,

	/** A client settles a message that it got. */
	SETTLE,

	/** A client asks a management node for something. */
	REQUEST

}
