package dev.servicebus.emulator.auth;

/**
 * A token or a password is refused. It is an answer to a client and not a fault of the
 * emulator, so it carries no stack trace; its text never holds a key or a signature.
 */
public final class TokenRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	TokenRefusedException(Reason reason, String message) {
		super(message, null, false, false);
		this.reason = reason;
	}

	/**
	 * The kind of refusal.
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * The status to answer with: 400 if asking again makes no sense, 401 otherwise.
	 */
	public int statusCode() {
		return this.reason.statusCode;
	}

	/**
	 * Kinds of refusal.
	 */
	public enum Reason {

		/** What was shown is no token. */
		MALFORMED_TOKEN(400),

		/** The resource for which it was shown is no resource name. */
		MALFORMED_AUDIENCE(400),

		/** No rule of that name holds for the resource. */
		UNKNOWN_RULE(401),

		/** The signature, or the password, is of no key that is known. */
		WRONG_KEY(401),

		/** The token's life is over. */
		EXPIRED(401),

		/** The token's life has not begun. */
		NOT_YET_VALID(401),

		/** The token gives its holder none of the known roles. */
		NO_ROLE(401),

		/** The token is for another resource than the one for which it was shown. */
		AUDIENCE_NOT_COVERED(401);

		private final int statusCode;

		Reason(int statusCode) {
			this.statusCode = statusCode;
		}

	}

}
