package dev.servicebus.amqp.sasl;

/**
 * The names of the mechanisms.
 */
public final class Mechanisms {

	public static final String ANONYMOUS = "ANONYMOUS";

	public static final String PLAIN = "PLAIN";

	public static final String EXTERNAL = "EXTERNAL";

	public static final String MSSBCBS = "MSSBCBS";

	private Mechanisms() {
	}

}
