package dev.servicebus.amqp.transport.netty;

import java.nio.ByteBuffer;

import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.EventLoop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last element of a pipeline: turns Netty's events into calls of a
 * {@link ByteChannelHandler}. The channel counts as connected when this is added to an
 * active one or when it becomes active.
 */
final class ByteChannelBridge extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(ByteChannelBridge.class);

	private final EventLoop loop;

	private final ByteChannelHandler handler;

	private final @Nullable String peer;

	private @Nullable NettyByteChannel channel;

	private boolean bytesRead;

	/**
	 * Makes the bridge of one channel.
	 * @param peer the name of the peer, {@code null} for its address
	 */
	ByteChannelBridge(EventLoop loop, ByteChannelHandler handler, @Nullable String peer) {
		this.loop = loop;
		this.handler = handler;
		this.peer = peer;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		if (ctx.channel().isActive()) {
			connected(ctx);
		}
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		connected(ctx);
	}

	private void connected(ChannelHandlerContext ctx) {
		if (this.channel != null) {
			return;
		}
		String name = (this.peer != null) ? this.peer : String.valueOf(ctx.channel().remoteAddress());
		NettyByteChannel connected = new NettyByteChannel(ctx.channel(), this.loop, name);
		this.channel = connected;
		guarded(() -> this.handler.connected(connected));
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		ByteBuf bytes = (ByteBuf) message;
		try {
			if (bytes.nioBufferCount() == 1) {
				read(bytes.nioBuffer());
			}
			else {
				for (ByteBuffer part : bytes.nioBuffers()) {
					read(part);
				}
			}
		}
		finally {
			bytes.release();
		}
	}

	private void read(ByteBuffer bytes) {
		if (bytes.hasRemaining()) {
			this.bytesRead = true;
			guarded(() -> this.handler.read(bytes));
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		if (this.bytesRead) {
			this.bytesRead = false;
			guarded(this.handler::readComplete);
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		if (this.channel != null && this.channel.takeWakeUp()) {
			// The event may come from inside a write or flush of the handler itself.
			this.loop.execute(() -> guarded(this.handler::writable));
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (this.channel != null) {
			Throwable inner = cause.getCause();
			this.channel.failed((cause instanceof DecoderException && inner != null) ? inner : cause);
		}
		ctx.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		NettyByteChannel ended = this.channel;
		if (ended == null) {
			return;
		}
		ended.ended();
		try {
			this.handler.closed(ended.cause());
		}
		catch (RuntimeException ex) {
			logger.error("The handler of the closed channel to {} failed", ended.peer(), ex);
		}
	}

	private void guarded(Runnable callback) {
		NettyByteChannel open = this.channel;
		if (open == null || !open.isOpen()) {
			return;
		}
		try {
			callback.run();
		}
		catch (RuntimeException | StackOverflowError ex) {
			open.abort(ex);
		}
	}

}
