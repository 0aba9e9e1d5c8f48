package dev.servicebus.amqp.transport.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.transport.ByteChannel;
import dev.servicebus.amqp.transport.EventLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing half of a socket: collects what is written in one buffer until it is
 * flushed, and ends the socket in order or at once.
 */
final class NettyByteChannel implements ByteChannel {

	private static final long CLOSE_LIMIT_SECONDS = 5;

	private static final int MIN_BURST = 512;

	private static final int MAX_EXPECTED_BURST = 256 * 1024;

	private final Channel channel;

	private final EventLoop loop;

	private final String peer;

	private final int highWatermark;

	private @Nullable ByteBuf burst;

	private int expectedBurst = MIN_BURST;

	private boolean closing;

	private boolean ownerWaits;

	private @Nullable Throwable cause;

	NettyByteChannel(Channel channel, EventLoop loop, String peer) {
		this.channel = channel;
		this.loop = loop;
		this.peer = peer;
		this.highWatermark = channel.config().getWriteBufferWaterMark().high();
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public String peer() {
		return this.peer;
	}

	@Override
	public void write(ByteBuffer bytes) {
		assert this.loop.inEventLoop() : "A channel belongs to its loop";
		if (this.closing) {
			bytes.position(bytes.limit());
			return;
		}
		if (this.burst == null) {
			this.burst = this.channel.alloc().ioBuffer(Math.max(bytes.remaining(), this.expectedBurst));
		}
		this.burst.writeBytes(bytes);
	}

	@Override
	public void flush() {
		ByteBuf bytes = takeBurst();
		if (bytes != null) {
			this.expectedBurst = Math.min(Math.max(bytes.readableBytes(), MIN_BURST), MAX_EXPECTED_BURST);
			this.channel.writeAndFlush(bytes, this.channel.voidPromise());
		}
	}

	@Override
	public boolean isWritable() {
		boolean writable = !this.closing && this.channel.isWritable()
				&& (this.burst == null || this.burst.readableBytes() <= this.highWatermark);
		this.ownerWaits |= !writable;
		return writable;
	}

	@Override
	public void close() {
		assert this.loop.inEventLoop() : "A channel belongs to its loop";
		if (this.closing) {
			return;
		}
		ByteBuf last = takeBurst();
		this.closing = true;
		Future<?> limit = this.channel.eventLoop()
			.schedule(() -> breakOff(new IOException(
					this.peer + " did not take the last bytes within " + CLOSE_LIMIT_SECONDS + " seconds of closing")),
					CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
		this.channel.closeFuture().addListener((closed) -> limit.cancel(false));
		this.channel.writeAndFlush((last != null) ? last : Unpooled.EMPTY_BUFFER)
			.addListener(ChannelFutureListener.CLOSE);
	}

	@Override
	public void abort(Throwable cause) {
		assert this.loop.inEventLoop() : "A channel belongs to its loop";
		if (this.channel.isOpen()) {
			breakOff(cause);
		}
	}

	boolean isOpen() {
		return !this.closing;
	}

	@Nullable Throwable cause() {
		return this.cause;
	}

	/**
	 * Remembers what went wrong first.
	 */
	void failed(Throwable failure) {
		if (this.cause == null) {
			this.cause = failure;
		}
	}

	/**
	 * The socket is gone.
	 */
	void ended() {
		this.closing = true;
		ByteBuf lost = takeBurst();
		if (lost != null) {
			lost.release();
		}
	}

	/**
	 * Tells an owner that was sent away by {@link #isWritable()} when it may come back.
	 * @return whether it may
	 */
	boolean takeWakeUp() {
		if (!this.ownerWaits || this.closing || !this.channel.isWritable()) {
			return false;
		}
		this.ownerWaits = false;
		return true;
	}

	private void breakOff(Throwable failure) {
		failed(failure);
		ended();
		try {
			// No lingering: unsent bytes are dropped and the peer hears a reset.
			this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		catch (ChannelException ex) {
			failure.addSuppressed(ex);
		}
		// From the socket's end of the pipeline, so that TLS does not wait for a goodbye.
		this.channel.pipeline().firstContext().close();
	}

	private @Nullable ByteBuf takeBurst() {
		ByteBuf bytes = this.burst;
		this.burst = null;
		return bytes;
	}

}
