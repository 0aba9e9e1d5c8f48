package dev.servicebus.amqp.codec;

/**
 * Bytes are not what AMQP 1.0 says they should be, or exceed a limit of the reader. It is
 * the only exception that any input can cause.
 */
public class AmqpDecodeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public AmqpDecodeException(String message) {
		super(message);
	}

}
