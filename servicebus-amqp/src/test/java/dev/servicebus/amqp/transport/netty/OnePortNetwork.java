package dev.servicebus.amqp.transport.netty;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.amqp.transport.tls.ServerTls;

/**
 * Accepts on ports that speak every protocol and dials them in one way.
 */
final class OnePortNetwork implements Network, AutoCloseable {

	private final ServerTls tls;

	private final NettyNetwork sockets;

	private final UnaryOperator<ConnectTarget> way;

	OnePortNetwork(ServerTls tls, UnaryOperator<ConnectTarget> way) {
		this.tls = tls;
		this.sockets = NettyNetwork.builder().sslContext(tls.clientContext()).ioThreads(2).build();
		this.way = way;
	}

	static ConnectTarget withTls(ConnectTarget target) {
		return ConnectTarget.tls(target.host(), target.port());
	}

	/** The same way to ports where AMQP does not have to announce itself. */
	Network plainPorts() {
		return new Network() {
			@Override
			public EventLoop nextLoop() {
				return OnePortNetwork.this.nextLoop();
			}

			@Override
			public EventLoop.Timer connect(EventLoop loop, ConnectTarget target, Duration timeLimit,
					ByteChannelHandler handler) {
				return OnePortNetwork.this.connect(loop, target, timeLimit, handler);
			}

			@Override
			public Binding bind(EventLoop loop, String host, int port, Supplier<ByteChannelHandler> handlers) {
				return OnePortNetwork.this.sockets.bind(loop, host, port, handlers);
			}
		};
	}

	@Override
	public EventLoop nextLoop() {
		return this.sockets.nextLoop();
	}

	@Override
	public EventLoop.Timer connect(EventLoop loop, ConnectTarget target, Duration timeLimit,
			ByteChannelHandler handler) {
		return this.sockets.connect(loop, this.way.apply(target), timeLimit, handler);
	}

	@Override
	public Binding bind(EventLoop loop, String host, int port, Supplier<ByteChannelHandler> handlers) {
		return new MultiProtocolServer(this.sockets, handlers, (request) -> HttpResponse.of(404), this.tls).bind(loop,
				host, port);
	}

	@Override
	public void close() {
		this.sockets.close();
	}

}
