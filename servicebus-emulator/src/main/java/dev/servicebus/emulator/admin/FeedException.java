package dev.servicebus.emulator.admin;

/**
 * A request is refused. It is an answer to a client and not a fault of the emulator, so
 * it carries no stack trace.
 */
final class FeedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final int subCode;

	/**
	 * Creates a refusal.
	 * @param status the HTTP status
	 * @param subCode the number by which the service tells refusals of the same status
	 * apart
	 * @param message what was refused and why, for the client to read
	 */
	FeedException(int status, int subCode, String message) {
		super(message, null, false, false);
		this.status = status;
		this.subCode = subCode;
	}

	static FeedException badRequest(String message) {
		return new FeedException(400, 40000, message);
	}

	static FeedException notFound(String message) {
		return new FeedException(404, 40400, message);
	}

	int status() {
		return this.status;
	}

	int subCode() {
		return this.subCode;
	}

}
