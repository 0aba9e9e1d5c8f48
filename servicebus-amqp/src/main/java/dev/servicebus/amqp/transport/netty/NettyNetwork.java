package dev.servicebus.amqp.transport.netty;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import dev.servicebus.amqp.transport.BindFailedException;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.tls.ServerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Channels over TCP, TLS and WebSocket, directly or through a proxy. Names are resolved
 * by the JDK, on a thread of their own; every address of a host is tried.
 *
 * <p>
 * Thread-safe. The I/O threads start with the first use and keep the JVM alive until
 * {@link #close()}.
 */
public final class NettyNetwork implements Network, AutoCloseable {

	private static final int BLOCKING_THREADS = 4;

	private static final long IDLE_SECONDS = 10;

	private static final long SHUTDOWN_LIMIT_SECONDS = 5;

	private final IoTransport transport;

	private final WriteBufferWaterMark watermark;

	private final IoEventLoopGroup group;

	private final ThreadPoolExecutor blockingWork;

	private final ChannelGroup channels = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

	private final Dialer dialer;

	private NettyNetwork(Builder settings) {
		this.transport = settings.transport;
		this.watermark = new WriteBufferWaterMark(settings.lowWatermark, settings.highWatermark);
		this.group = new MultiThreadIoEventLoopGroup(settings.ioThreads,
				new DefaultThreadFactory(settings.threadNamePrefix, false), this.transport.handler());
		this.blockingWork = new ThreadPoolExecutor(BLOCKING_THREADS, BLOCKING_THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), new DefaultThreadFactory(settings.threadNamePrefix + "-blocking", true));
		this.blockingWork.allowCoreThreadTimeOut(true);
		ClientTls tls = new ClientTls(settings.sslContext, settings.sslParameters, this.blockingWork);
		this.dialer = new Dialer(this.transport, this.watermark, settings.resolver, tls, this.blockingWork,
				this.channels);
	}

	/**
	 * A network with every default.
	 */
	public static NettyNetwork create() {
		return builder().build();
	}

	public static Builder builder() {
		return new Builder();
	}

	@Override
	public EventLoop nextLoop() {
		return new NettyEventLoop(this.group.next());
	}

	@Override
	public EventLoop.Timer connect(EventLoop loop, ConnectTarget target, Duration timeLimit,
			ByteChannelHandler handler) {
		ConnectAttempt attempt = new ConnectAttempt(this.dialer, own(loop), target, handler);
		attempt.start(timeLimit);
		return attempt;
	}

	@Override
	public Binding bind(EventLoop loop, String host, int port, Supplier<ByteChannelHandler> handlers) {
		return bindChannels(loop, host, port,
				(channel) -> channel.pipeline().addLast(new ByteChannelBridge(loop, handlers.get(), null)));
	}

	/**
	 * Accepts channels that speak whatever {@code protocol} puts into their pipelines. A
	 * protocol may decide by the first bytes what to put there: each one also works when
	 * it is added to a channel that is active already.
	 * @throws BindFailedException if the address or port cannot be bound
	 */
	Binding bindChannels(EventLoop loop, String host, int port, Consumer<Channel> protocol) {
		if (loop.inEventLoop()) {
			throw new IllegalStateException("Binding blocks and cannot be done on the loop that accepts");
		}
		ServerBootstrap bootstrap = new ServerBootstrap().group(own(loop).unwrap())
			.channel(this.transport.serverSocket())
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childOption(ChannelOption.SO_KEEPALIVE, true)
			.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, this.watermark)
			.childHandler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					NettyNetwork.this.channels.add(channel);
					protocol.accept(channel);
				}
			});
		return new PortBinder(bootstrap, host).bind(port);
	}

	/**
	 * Makes the server's half of TLS for one connection, away from its loop because
	 * certificates may have to be read or made first. The time limit of the handshake is
	 * the caller's.
	 */
	Future<ChannelHandler> serverTls(Channel channel, ServerTls tls) {
		Promise<ChannelHandler> made = channel.eventLoop().newPromise();
		try {
			this.blockingWork.execute(() -> {
				try {
					SslHandler handler = new SslHandler(tls.newEngine(), this.blockingWork);
					handler.setHandshakeTimeoutMillis(0);
					made.trySuccess(handler);
				}
				catch (RuntimeException ex) {
					made.tryFailure(ex);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			made.tryFailure(ex);
		}
		return made;
	}

	/**
	 * Closes every channel and ends the threads. Waits a few seconds for that, unless it
	 * is called on one of them. Harmless when repeated.
	 */
	@Override
	public void close() {
		this.blockingWork.shutdownNow();
		if (!this.group.isShuttingDown()) {
			// A loop that is told to end at an unlucky moment forgets its channels.
			this.channels
				.forEach((channel) -> channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise())));
		}
		Future<?> ended = this.group.shutdownGracefully(0, SHUTDOWN_LIMIT_SECONDS, TimeUnit.SECONDS);
		for (var executor : this.group) {
			if (executor.inEventLoop()) {
				return;
			}
		}
		ended.awaitUninterruptibly(SHUTDOWN_LIMIT_SECONDS + 1, TimeUnit.SECONDS);
	}

	private static NettyEventLoop own(EventLoop loop) {
		if (loop instanceof NettyEventLoop netty) {
			return netty;
		}
		throw new IllegalArgumentException("The loop must come from a NettyNetwork but is " + loop);
	}

	/**
	 * Settings of a {@link NettyNetwork}.
	 */
	public static final class Builder {

		/** One thread serves hundreds of connections. */
		public static final int DEFAULT_IO_THREADS = 1;

		/** What the names of I/O threads start with. */
		public static final String DEFAULT_THREAD_NAME_PREFIX = "servicebus-io";

		/** Below this many waiting bytes a channel takes bytes again. */
		public static final int DEFAULT_LOW_WATERMARK = 128 * 1024;

		/** Above this many waiting bytes a channel asks its owner to stop. */
		public static final int DEFAULT_HIGH_WATERMARK = 256 * 1024;

		private int ioThreads = DEFAULT_IO_THREADS;

		private String threadNamePrefix = DEFAULT_THREAD_NAME_PREFIX;

		private int lowWatermark = DEFAULT_LOW_WATERMARK;

		private int highWatermark = DEFAULT_HIGH_WATERMARK;

		private @Nullable SSLContext sslContext;

		private @Nullable SSLParameters sslParameters;

		private IoTransport transport = IoTransport.best();

		private HostResolver resolver = InetAddress::getAllByName;

		private Builder() {
		}

		/**
		 * The number of threads that connections are spread over. Default:
		 * {@value #DEFAULT_IO_THREADS}.
		 */
		public Builder ioThreads(int threads) {
			if (threads < 1) {
				throw new IllegalArgumentException("ioThreads must be at least 1 but is " + threads);
			}
			this.ioThreads = threads;
			return this;
		}

		/**
		 * What the names of the threads start with. Default:
		 * {@value #DEFAULT_THREAD_NAME_PREFIX}.
		 */
		public Builder threadNamePrefix(String prefix) {
			this.threadNamePrefix = Objects.requireNonNull(prefix, "prefix");
			return this;
		}

		/**
		 * Trust and identity for TLS when dialling. Default: the JDK's default context.
		 */
		public Builder sslContext(SSLContext context) {
			this.sslContext = Objects.requireNonNull(context, "context");
			return this;
		}

		/**
		 * The protocols and cipher suites that TLS may use when dialling; nothing else of
		 * the parameters counts. Protocols older than TLS 1.2 are never used. Default:
		 * all that the context enables.
		 */
		public Builder sslParameters(SSLParameters limits) {
			this.sslParameters = Objects.requireNonNull(limits, "limits");
			return this;
		}

		/**
		 * How many bytes may wait for a slow peer: above {@code high} a channel is not
		 * writable, below {@code low} it is again. Default:
		 * {@value #DEFAULT_LOW_WATERMARK} and {@value #DEFAULT_HIGH_WATERMARK}.
		 */
		public Builder writeWatermarks(int low, int high) {
			if (low < 1 || high < low) {
				throw new IllegalArgumentException(
						"Watermarks must be positive and in order but are " + low + " and " + high);
			}
			this.lowWatermark = low;
			this.highWatermark = high;
			return this;
		}

		Builder transport(IoTransport transport) {
			this.transport = transport;
			return this;
		}

		Builder resolver(HostResolver resolver) {
			this.resolver = resolver;
			return this;
		}

		public NettyNetwork build() {
			return new NettyNetwork(this);
		}

	}

}
