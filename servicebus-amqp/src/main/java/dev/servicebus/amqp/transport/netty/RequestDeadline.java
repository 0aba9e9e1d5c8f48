package dev.servicebus.amqp.transport.netty;

import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes an HTTP connection whose request is not complete in time, however steadily its
 * bytes arrive. Requests are answered at once, so what is sent ends the wait.
 */
final class RequestDeadline extends ChannelDuplexHandler {

	private static final Logger logger = LoggerFactory.getLogger(RequestDeadline.class);

	private @Nullable Future<?> limit;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object bytes) {
		if (this.limit == null) {
			this.limit = ctx.executor().schedule(() -> {
				logger.debug("Closing the HTTP connection of {}: its request did not end within {} seconds",
						ctx.channel().remoteAddress(), HttpServer.REQUEST_SECONDS);
				ctx.close();
			}, HttpServer.REQUEST_SECONDS, TimeUnit.SECONDS);
		}
		ctx.fireChannelRead(bytes);
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise promise) {
		cancel();
		ctx.write(bytes, promise);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		cancel();
	}

	private void cancel() {
		if (this.limit != null) {
			this.limit.cancel(false);
			this.limit = null;
		}
	}

}
