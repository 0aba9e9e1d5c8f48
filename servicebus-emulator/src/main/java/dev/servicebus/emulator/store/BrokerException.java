package dev.servicebus.emulator.store;

/**
 * The broker refuses an operation, and has done nothing of it. It is an answer to a
 * client and not a fault of the broker, so it carries no stack trace.
 */
public final class BrokerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final BrokerError error;

	/**
	 * Creates a refusal.
	 * @param error the kind of refusal
	 * @param message what was refused and why, for the client to read
	 */
	public BrokerException(BrokerError error, String message) {
		super(message, null, false, false);
		this.error = error;
	}

	/**
	 * The kind of refusal.
	 */
	public BrokerError error() {
		return this.error;
	}

	@Override
	public String toString() {
		return "BrokerException[" + this.error + ": " + getMessage() + "]";
	}

}
