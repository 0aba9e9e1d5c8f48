package dev.servicebus.emulator.amqp.request;

/**
 * What a client asks for is refused before it reaches the broker. It is an answer and not
 * a fault, so it carries no stack trace.
 */
public final class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Failure failure;

	/**
	 * Creates a refusal.
	 * @param failure the kind of refusal
	 * @param message what was refused and why, for the client to read
	 */
	public RefusedException(Failure failure, String message) {
		super(message, null, false, false);
		this.failure = failure;
	}

	/**
	 * The kind of refusal.
	 */
	public Failure failure() {
		return this.failure;
	}

}
