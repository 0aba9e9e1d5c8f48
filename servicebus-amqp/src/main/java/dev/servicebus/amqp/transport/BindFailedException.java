package dev.servicebus.amqp.transport;

/**
 * A local address or port could not be bound, most often because it is taken.
 */
public final class BindFailedException extends RuntimeException {

	public BindFailedException(String host, int port, Throwable cause) {
		super("Cannot listen on " + host + ":" + port + ": " + cause.getMessage(), cause);
	}

}
