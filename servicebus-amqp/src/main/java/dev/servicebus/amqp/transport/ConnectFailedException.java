package dev.servicebus.amqp.transport;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * A channel could not be connected.
 */
public final class ConnectFailedException extends IOException {

	/**
	 * What stood in the way.
	 */
	public enum Reason {

		/** The host name has no address. */
		UNKNOWN_HOST("the host name cannot be resolved"),

		/** Every address refused or could not be reached. */
		REFUSED("no address of the host accepts the connection"),

		/** The time limit passed first. */
		TIMEOUT("the time limit has passed"),

		/** The server's certificate is not trusted or carries another name. */
		UNTRUSTED("the server's certificate was not accepted"),

		/** The TLS handshake broke for another reason. */
		HANDSHAKE("the TLS handshake failed"),

		/** The attempt was cancelled by its owner. */
		CANCELLED("the attempt was cancelled");

		private final String description;

		Reason(String description) {
			this.description = description;
		}

	}

	private final Reason reason;

	public ConnectFailedException(ConnectTarget target, Reason reason, @Nullable Throwable cause) {
		super("Cannot connect to " + target + ": " + reason.description
				+ ((cause != null && cause.getMessage() != null) ? " (" + cause.getMessage() + ")" : ""), cause);
		this.reason = reason;
	}

	/**
	 * What stood in the way.
	 */
	public Reason reason() {
		return this.reason;
	}

}
