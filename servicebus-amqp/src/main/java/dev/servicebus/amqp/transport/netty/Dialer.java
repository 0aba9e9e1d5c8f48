package dev.servicebus.amqp.transport.netty;

import java.util.concurrent.Executor;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;

/**
 * What every attempt to connect needs.
 *
 * @param transport the kind of sockets
 * @param watermark when a channel stops and starts taking bytes
 * @param resolver finds the addresses of a host
 * @param tls secures channels
 * @param blockingWork runs what a loop must not wait for
 * @param channels collects the channels that are open
 */
record Dialer(IoTransport transport, WriteBufferWaterMark watermark, HostResolver resolver, ClientTls tls,
		Executor blockingWork, ChannelGroup channels) {

	Bootstrap bootstrap(NettyEventLoop loop) {
		return new Bootstrap().group(loop.unwrap())
			.channel(this.transport.socket())
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.SO_KEEPALIVE, true)
			.option(ChannelOption.WRITE_BUFFER_WATER_MARK, this.watermark)
			// The attempt has one limit for all its steps.
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
			.handler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					Dialer.this.channels.add(channel);
					channel.pipeline().addLast(new NotConnected());
				}
			});
	}

	/**
	 * Holds the place of the handler that follows when the channel is connected. What
	 * goes wrong until then is told to the attempt by its futures.
	 */
	static final class NotConnected extends ChannelInboundHandlerAdapter {

		/**
		 * Adds handlers to a channel that is on its way to being connected.
		 */
		static void precede(Channel channel, ChannelHandler... handlers) {
			ChannelPipeline pipeline = channel.pipeline();
			String end = pipeline.context(NotConnected.class).name();
			for (ChannelHandler handler : handlers) {
				pipeline.addBefore(end, null, handler);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			ctx.close();
		}

	}

}
