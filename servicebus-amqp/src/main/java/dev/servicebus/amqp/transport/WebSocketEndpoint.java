package dev.servicebus.amqp.transport;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * Where and under which name a server offers AMQP inside WebSocket connections.
 * Immutable.
 *
 * @param path the path of the upgrade request, beginning with a slash
 * @param subProtocol the sub-protocol that the client asks for and the server must
 * confirm
 */
public record WebSocketEndpoint(String path, String subProtocol) {

	/**
	 * The sub-protocols that mean AMQP 1.0: the one that messaging services use, and the
	 * one of the registry.
	 */
	public static final List<String> SUB_PROTOCOLS = List.of("AMQPWSB10", "amqp");

	/** The largest WebSocket frame that is read, in bytes. */
	public static final int MAX_FRAME_BYTES = 1024 * 1024;

	/** Where Azure Service Bus and its emulators listen. */
	public static final WebSocketEndpoint SERVICE_BUS = new WebSocketEndpoint("/$servicebus/websocket",
			SUB_PROTOCOLS.get(0));

	public WebSocketEndpoint {
		Objects.requireNonNull(subProtocol, "subProtocol");
		if (!path.startsWith("/") || !path.equals(URI.create(path).getRawPath())) {
			throw new IllegalArgumentException("path must begin with a slash and have no query but is " + path);
		}
	}

}
