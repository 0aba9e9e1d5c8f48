package dev.servicebus.emulator;

import java.util.function.Supplier;

import dev.servicebus.amqp.transport.BindFailedException;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.http.HttpHandler;
import dev.servicebus.amqp.transport.netty.MultiProtocolServer;
import dev.servicebus.amqp.transport.netty.NettyNetwork;
import org.jspecify.annotations.Nullable;

/**
 * The ports of an emulator. On sockets each of them serves AMQP, AMQP over WebSocket and
 * HTTP, with and without TLS; in a simulation there is AMQP only.
 */
final class EmulatorPorts implements AutoCloseable {

	private final Network.Binding main;

	private final Network.@Nullable Binding http;

	private EmulatorPorts(Network.Binding main, Network.@Nullable Binding http) {
		this.main = main;
		this.http = http;
	}

	/**
	 * Begins to listen.
	 * @param options where
	 * @param network where connections come from
	 * @param loop the loop that all connections, and {@code http}, shall be on
	 * @param amqp makes the handler of each AMQP connection
	 * @param http answers HTTP requests
	 * @throws BindFailedException if a port cannot be bound; none is bound then
	 */
	static EmulatorPorts open(EndpointOptions options, Network network, EventLoop loop,
			Supplier<ByteChannelHandler> amqp, HttpHandler http) {
		if (!(network instanceof NettyNetwork sockets)) {
			return new EmulatorPorts(network.bind(loop, options.host(), options.port(), amqp), null);
		}
		MultiProtocolServer server = new MultiProtocolServer(sockets, amqp, http, options.tls());
		Network.Binding main = server.bind(loop, options.host(), options.port());
		try {
			Integer httpPort = options.httpPort();
			return new EmulatorPorts(main, (httpPort != null) ? server.bind(loop, options.host(), httpPort) : null);
		}
		catch (RuntimeException ex) {
			main.close();
			throw ex;
		}
	}

	int port() {
		return this.main.port();
	}

	/**
	 * The port for HTTP, which is the only one if there is no other.
	 */
	int httpPort() {
		return (this.http != null) ? this.http.port() : port();
	}

	@Override
	public void close() {
		this.main.close();
		if (this.http != null) {
			this.http.close();
		}
	}

}
