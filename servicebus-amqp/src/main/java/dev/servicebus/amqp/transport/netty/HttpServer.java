package dev.servicebus.amqp.transport.netty;

import dev.servicebus.amqp.transport.BindFailedException;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.http.HttpHandler;

/**
 * A small HTTP/1.1 server on the loops of a network: whole requests in, whole responses
 * out. Bodies end at {@value #MAX_BODY_BYTES} bytes (413), headers at
 * {@value #MAX_HEADER_BYTES} (431); a connection that is silent for
 * {@value #IDLE_SECONDS} seconds, or needs {@value #REQUEST_SECONDS} seconds for one
 * request, is closed. Thread-safe.
 */
public final class HttpServer {

	/** The largest body that is read. */
	public static final int MAX_BODY_BYTES = 1024 * 1024;

	/** The largest set of headers, and the longest request line, that is read. */
	public static final int MAX_HEADER_BYTES = 8 * 1024;

	/** How long a connection may be silent. */
	public static final int IDLE_SECONDS = 60;

	/** How long the bytes of one request may take to arrive. */
	public static final int REQUEST_SECONDS = 30;

	private final NettyNetwork network;

	private final HttpHandler handler;

	public HttpServer(NettyNetwork network, HttpHandler handler) {
		this.network = network;
		this.handler = handler;
	}

	/**
	 * Accepts connections on a local address, see {@link Network#bind}. The handler is
	 * called on {@code loop}.
	 * @throws BindFailedException if the address or port cannot be bound
	 */
	public Network.Binding bind(EventLoop loop, String host, int port) {
		return this.network.bindChannels(loop, host, port, new HttpProtocol(this.handler));
	}

}
