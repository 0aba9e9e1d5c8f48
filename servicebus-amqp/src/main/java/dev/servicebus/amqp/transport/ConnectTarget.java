package dev.servicebus.amqp.transport;

import java.util.Objects;

/**
 * Where a channel leads and how it is protected. Immutable.
 *
 * @param host the name or address to dial
 * @param port the port, 1 to 65535
 * @param security plain bytes or TLS
 * @param serverName the name that the server's certificate must carry and that is sent as
 * SNI; usually the host
 */
public record ConnectTarget(String host, int port, Security security, String serverName) {

	/**
	 * How the bytes of a channel are protected.
	 */
	public enum Security {

		/** No protection; for an emulator on this machine. */
		PLAIN,

		/** TLS 1.2 or later from the first byte, certificate and host name checked. */
		TLS

	}

	public ConnectTarget {
		Objects.requireNonNull(host, "host");
		Objects.requireNonNull(security, "security");
		Objects.requireNonNull(serverName, "serverName");
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("port must be between 1 and 65535 but is " + port);
		}
	}

	/**
	 * A plain channel.
	 */
	public static ConnectTarget plain(String host, int port) {
		return new ConnectTarget(host, port, Security.PLAIN, host);
	}

	/**
	 * A TLS channel to a server that carries the name that is dialled.
	 */
	public static ConnectTarget tls(String host, int port) {
		return new ConnectTarget(host, port, Security.TLS, host);
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
