package dev.servicebus.amqp.transport.netty;

import dev.servicebus.amqp.transport.WebSocketEndpoint;
import dev.servicebus.amqp.transport.WebSocketException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Makes a WebSocket a pipe of bytes: whatever the frames, the bytes inside them are one
 * stream. Stands between Netty's frame codec and the {@link ByteChannelBridge}.
 */
final class WebSocketFrames extends ChannelDuplexHandler {

	/** Small enough for any peer's limit, large enough for the header not to count. */
	static final int MAX_SENT_FRAME_BYTES = 64 * 1024;

	/** What is read, and that the end is written here and not by Netty's codec. */
	static final WebSocketDecoderConfig READING = WebSocketDecoderConfig.newBuilder()
		.maxFramePayloadLength(WebSocketEndpoint.MAX_FRAME_BYTES)
		.closeOnProtocolViolation(false)
		.build();

	/** What Netty reports for a close frame without a status. */
	private static final int NO_STATUS = -1;

	private WebSocketCloseStatus closeStatus = WebSocketCloseStatus.NORMAL_CLOSURE;

	private boolean closeSent;

	private boolean closeReceived;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (this.closeReceived) {
			ReferenceCountUtil.release(message);
		}
		else if (message instanceof BinaryWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
			ctx.fireChannelRead(((WebSocketFrame) message).content());
		}
		else {
			try {
				control(ctx, message);
			}
			finally {
				ReferenceCountUtil.release(message);
			}
		}
	}

	private void control(ChannelHandlerContext ctx, Object message) {
		if (message instanceof PingWebSocketFrame ping) {
			// Only the latest ping has to be answered: one that does not read gets none.
			if (ctx.channel().isWritable()) {
				ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
			}
		}
		else if (message instanceof CloseWebSocketFrame close) {
			closed(ctx, close.statusCode());
		}
		else if (!(message instanceof PongWebSocketFrame)) {
			this.closeStatus = WebSocketCloseStatus.INVALID_MESSAGE_TYPE;
			ctx.fireExceptionCaught(new WebSocketException(
					"The peer sent a text frame where AMQP over WebSocket has binary frames only", null));
		}
	}

	/**
	 * The peer ends the WebSocket: the answer is the last thing that is sent, and what
	 * the socket does after it is of no interest.
	 */
	private void closed(ChannelHandlerContext ctx, int status) {
		if (status != NO_STATUS && status != WebSocketCloseStatus.NORMAL_CLOSURE.code()
				&& status != WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code()) {
			ctx.fireExceptionCaught(
					new WebSocketException("The peer closed the WebSocket with status " + status, null));
		}
		this.closeReceived = true;
		close(ctx, ctx.newPromise());
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (this.closeReceived) {
			ctx.close();
		}
		else if (cause instanceof CorruptedWebSocketFrameException corrupted) {
			this.closeStatus = corrupted.closeStatus();
			ctx.fireExceptionCaught(
					new WebSocketException("The peer broke the WebSocket protocol: " + corrupted.getMessage(), cause));
		}
		else {
			ctx.fireExceptionCaught(cause);
		}
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		if (!(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
			ctx.write(message, promise);
			return;
		}
		while (bytes.readableBytes() > MAX_SENT_FRAME_BYTES) {
			ctx.write(new BinaryWebSocketFrame(bytes.readRetainedSlice(MAX_SENT_FRAME_BYTES)), ctx.voidPromise());
		}
		ctx.write(new BinaryWebSocketFrame(bytes), promise);
	}

	@Override
	public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
		if (this.closeSent || !ctx.channel().isActive()) {
			ctx.close(promise);
		}
		else {
			this.closeSent = true;
			ctx.writeAndFlush(new CloseWebSocketFrame(this.closeStatus.code(), ""))
				.addListener((sent) -> ctx.close(promise));
		}
	}

}
