package dev.servicebus.amqp.transport;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that opens tunnels (CONNECT, RFC 9110 section 9.3.6). The name of the
 * service is resolved by the proxy, and TLS goes through it end to end. Immutable;
 * {@link #toString()} does not show the credentials.
 *
 * @param host the name or address of the proxy
 * @param port the port of the proxy, 1 to 65535
 * @param username the user for basic authentication, {@code null} for none
 * @param password the password of the user, {@code null} without a user
 */
public record ProxyOptions(String host, int port, @Nullable String username, @Nullable String password) {

	public ProxyOptions {
		Objects.requireNonNull(host, "host");
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("The port of the proxy must be between 1 and 65535 but is " + port);
		}
		if ((username == null) != (password == null)) {
			throw new IllegalArgumentException("A proxy needs both a username and a password, or neither");
		}
		if (username != null && username.indexOf(':') >= 0) {
			throw new IllegalArgumentException(
					"The username of a proxy must not contain a colon, which ends it in basic authentication");
		}
	}

	/**
	 * A proxy that asks for no credentials.
	 */
	public static ProxyOptions of(String host, int port) {
		return new ProxyOptions(host, port, null, null);
	}

	/**
	 * The same proxy with basic authentication.
	 */
	public ProxyOptions withCredentials(String username, String password) {
		return new ProxyOptions(this.host, this.port, username, password);
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
