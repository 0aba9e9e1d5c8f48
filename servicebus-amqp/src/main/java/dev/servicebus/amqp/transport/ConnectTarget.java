package dev.servicebus.amqp.transport;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Where a channel leads, how it is protected and what carries it. Immutable.
 *
 * @param host the name or address to dial
 * @param port the port, 1 to 65535
 * @param security plain bytes or TLS
 * @param serverName the name that the server's certificate must carry and that is sent as
 * SNI; usually the host. A proxy does not change it
 * @param webSocket the WebSocket that carries the bytes, {@code null} for none
 * @param proxy the proxy to go through, {@code null} for none
 */
public record ConnectTarget(String host, int port, Security security, String serverName,
		@Nullable WebSocketEndpoint webSocket, @Nullable ProxyOptions proxy) {

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
		requireName(host, "host");
		requireName(serverName, "serverName");
		Objects.requireNonNull(security, "security");
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("port must be between 1 and 65535 but is " + port);
		}
	}

	/**
	 * A target that is dialled directly, without a WebSocket.
	 */
	public ConnectTarget(String host, int port, Security security, String serverName) {
		this(host, port, security, serverName, null, null);
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

	/**
	 * Names end up in the lines of requests to proxies and servers.
	 */
	private static void requireName(String name, String what) {
		if (name.isEmpty() || name.chars().anyMatch((character) -> character <= ' ')) {
			throw new IllegalArgumentException(what + " must be a name or an address");
		}
	}

	/**
	 * The same target with the bytes carried by a WebSocket.
	 */
	public ConnectTarget overWebSocket(WebSocketEndpoint endpoint) {
		return new ConnectTarget(this.host, this.port, this.security, this.serverName, endpoint, this.proxy);
	}

	/**
	 * The same target behind a proxy.
	 */
	public ConnectTarget throughProxy(ProxyOptions proxy) {
		return new ConnectTarget(this.host, this.port, this.security, this.serverName, this.webSocket, proxy);
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port + ((this.webSocket != null) ? " over WebSocket" : "")
				+ ((this.proxy != null) ? " through the proxy " + this.proxy : "");
	}

}
