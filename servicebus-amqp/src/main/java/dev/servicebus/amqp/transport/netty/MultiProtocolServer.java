package dev.servicebus.amqp.transport.netty;

import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.servicebus.amqp.transport.BindFailedException;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.WebSocketEndpoint;
import dev.servicebus.amqp.transport.http.HttpHandler;
import dev.servicebus.amqp.transport.tls.ServerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Serves AMQP, HTTP and AMQP over WebSocket, each with and without TLS, on one port: the
 * first bytes of a connection tell them apart. Upgrade requests for
 * {@link WebSocketEndpoint#SERVICE_BUS} become byte channels like plain connections;
 * every other request goes to the HTTP handler. Plain AMQP costs nothing more than on a
 * port of its own once it is recognized.
 *
 * <p>
 * A connection has 10 seconds to announce its protocol, TLS handshake included. The
 * limits of HTTP are those of {@link HttpServer}; a WebSocket frame may hold
 * {@value WebSocketEndpoint#MAX_FRAME_BYTES} bytes. Thread-safe; several ports can be
 * bound.
 */
public final class MultiProtocolServer {

	private final NettyNetwork network;

	private final Supplier<ByteChannelHandler> amqp;

	private final HttpHandler http;

	private final @Nullable ServerTls tls;

	/**
	 * Makes a server that is bound to no port yet.
	 * @param network the network whose loops serve the connections
	 * @param amqp makes the handler of each AMQP connection
	 * @param http answers HTTP requests
	 * @param tls the server's certificate, {@code null} to close connections that begin
	 * with TLS
	 */
	public MultiProtocolServer(NettyNetwork network, Supplier<ByteChannelHandler> amqp, HttpHandler http,
			@Nullable ServerTls tls) {
		this.network = network;
		this.amqp = amqp;
		this.http = http;
		this.tls = tls;
	}

	/**
	 * Accepts connections on a local address, see {@link Network#bind}. The handlers are
	 * called on {@code loop}.
	 * @throws BindFailedException if the address or port cannot be bound
	 */
	public Network.Binding bind(EventLoop loop, String host, int port) {
		return this.network.bindChannels(loop, host, port, protocol(loop));
	}

	/**
	 * What the channels of one port speak, which all live on one loop.
	 */
	Consumer<Channel> protocol(EventLoop loop) {
		ProtocolDetector.Protocols protocols = new BoundProtocols(loop);
		return (channel) -> channel.pipeline().addLast(new ProtocolDetector(protocols));
	}

	/**
	 * The protocols of one port.
	 */
	private final class BoundProtocols implements ProtocolDetector.Protocols {

		private final EventLoop loop;

		BoundProtocols(EventLoop loop) {
			this.loop = loop;
		}

		@Override
		public void amqp(Channel channel) {
			channel.pipeline().addLast(bridge());
		}

		@Override
		public void http(Channel channel) {
			new HttpProtocol(MultiProtocolServer.this.http).accept(channel);
			ChannelPipeline pipeline = channel.pipeline();
			pipeline.addBefore(pipeline.context(HttpExchange.class).name(), null,
					new WebSocketAcceptor(WebSocketEndpoint.SERVICE_BUS.path(), this::bridge));
		}

		@Override
		public @Nullable Future<ChannelHandler> tls(Channel channel) {
			ServerTls offered = MultiProtocolServer.this.tls;
			return (offered != null) ? MultiProtocolServer.this.network.serverTls(channel, offered) : null;
		}

		private ByteChannelBridge bridge() {
			return new ByteChannelBridge(this.loop, MultiProtocolServer.this.amqp.get(), null);
		}

	}

}
