package dev.servicebus.benchmarks.scenario.ceiling;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * A socket to this process and back: what bytes cost, at both ends. 64 messages are
 * written with one flush, and eight such bursts are under way.
 */
final class Echo {

	private static final int BURST = 64;

	private static final int BURSTS = 8;

	private static final long PATIENCE_SECONDS = 60;

	private final int messageSize;

	Echo(int messageSize) {
		this.messageSize = messageSize;
	}

	/**
	 * Sends messages, in whole bursts, and waits until they have come back.
	 */
	Usage run(int messages) {
		try (Loops loops = new Loops()) {
			Channel server = loops.listen(new Mirror());
			Player player = new Player(this.messageSize, Math.max(1, messages / BURST));
			loops.connect(server, player);
			return player.play();
		}
	}

	/**
	 * Sends back what it gets.
	 */
	private static final class Mirror extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			ctx.write(message, ctx.voidPromise());
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) {
			ctx.flush();
		}

	}

	/**
	 * Sends the next burst when one has come back.
	 */
	private static final class Player extends ChannelInboundHandlerAdapter {

		private final CompletableFuture<Usage> end = new CompletableFuture<>();

		private final int messageSize;

		private final int bursts;

		private int sent;

		private long received;

		private Meter meter = Meter.start();

		Player(int messageSize, int bursts) {
			this.messageSize = messageSize;
			this.bursts = bursts;
		}

		Usage play() {
			try {
				return this.end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new RoundFailedException("interrupted", ex);
			}
			catch (ExecutionException | TimeoutException ex) {
				throw new RoundFailedException("not everything has come back", ex);
			}
		}

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			this.meter = Meter.start();
			while (this.sent < Math.min(BURSTS, this.bursts)) {
				send(ctx);
			}
		}

		private void send(ChannelHandlerContext ctx) {
			for (int i = 0; i < BURST; i++) {
				ctx.write(ctx.alloc().ioBuffer(this.messageSize).writeZero(this.messageSize), ctx.voidPromise());
			}
			ctx.flush();
			this.sent++;
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			ByteBuf bytes = (ByteBuf) message;
			this.received += bytes.readableBytes();
			bytes.release();
			long back = this.received / ((long) BURST * this.messageSize);
			while (this.sent < this.bursts && this.sent - back < BURSTS) {
				send(ctx);
			}
			if (back == this.bursts) {
				this.end.complete(this.meter.usedFor(this.bursts * BURST));
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			this.end.completeExceptionally(cause);
		}

	}

	/**
	 * One loop for each end, of the kind that this project's transport takes.
	 */
	private static final class Loops implements AutoCloseable {

		private final boolean epoll = Epoll.isAvailable();

		private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, handlers());

		private IoHandlerFactory handlers() {
			return this.epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
		}

		Channel listen(Mirror mirror) {
			Class<? extends ServerSocketChannel> type = this.epoll ? EpollServerSocketChannel.class
					: NioServerSocketChannel.class;
			return new ServerBootstrap().group(this.group)
				.channel(type)
				.childOption(ChannelOption.TCP_NODELAY, true)
				.childHandler(new ChannelInitializer<SocketChannel>() {
					@Override
					protected void initChannel(SocketChannel accepted) {
						accepted.pipeline().addLast(mirror);
					}
				})
				.bind(InetAddress.getLoopbackAddress(), 0)
				.syncUninterruptibly()
				.channel();
		}

		void connect(Channel server, Player player) {
			new Bootstrap().group(this.group)
				.channel(this.epoll ? EpollSocketChannel.class : NioSocketChannel.class)
				.option(ChannelOption.TCP_NODELAY, true)
				.handler(player)
				.connect(server.localAddress())
				.syncUninterruptibly();
		}

		@Override
		public void close() {
			this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
		}

	}

}
