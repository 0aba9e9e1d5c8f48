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

		/** The name of the host, or of the proxy before it, has no address. */
		UNKNOWN_HOST("the host name cannot be resolved"),

		/** Every address, of the proxy if there is one, refused or cannot be reached. */
		REFUSED("no address of the host accepts the connection"),

		/** The time limit passed first. */
		TIMEOUT("the time limit has passed"),

		/** The server's certificate is not trusted or carries another name. */
		UNTRUSTED("the server's certificate was not accepted"),

		/** The TLS handshake broke for another reason. */
		HANDSHAKE("the TLS handshake failed"),

		/** The proxy asks for other credentials (HTTP status 407). */
		PROXY_AUTHENTICATION("the proxy does not accept the credentials"),

		/** The proxy does not let this connection through (another HTTP status 4xx). */
		PROXY_FORBIDDEN("the proxy does not allow the connection"),

		/** The proxy could not open the tunnel, or did not answer as a proxy does. */
		PROXY_FAILED("the proxy did not open the connection"),

		/** There is no AMQP over WebSocket at this path, or not for this client. */
		UPGRADE_REFUSED("the server does not offer AMQP over WebSocket there"),

		/** The server is not able to (HTTP status 5xx), or broke off. */
		UPGRADE_FAILED("the upgrade to WebSocket failed"),

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

	/**
	 * Returns whether the same attempt fails until somebody changes a setting, on this
	 * side or on the other.
	 */
	public boolean isPermanent() {
		return switch (this.reason) {
			case UNTRUSTED, PROXY_AUTHENTICATION, PROXY_FORBIDDEN, UPGRADE_REFUSED -> true;
			case UNKNOWN_HOST, REFUSED, TIMEOUT, HANDSHAKE, PROXY_FAILED, UPGRADE_FAILED, CANCELLED -> false;
		};
	}

}
