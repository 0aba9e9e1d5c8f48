package dev.servicebus.amqp.transport.netty;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the first bytes of a connection, puts the protocol that they announce into the
 * pipeline and takes itself out. Inside TLS it looks again. A connection that announces
 * nothing known, or nothing in time (the TLS handshake included), is closed.
 */
final class ProtocolDetector extends ByteToMessageDecoder {

	static final int LIMIT_SECONDS = 10;

	/** More than any client sends before the server has answered. */
	private static final int MAX_UNANSWERED_TLS_BYTES = 64 * 1024;

	private static final Logger logger = LoggerFactory.getLogger(ProtocolDetector.class);

	private final Protocols protocols;

	private final boolean insideTls;

	private boolean securing;

	private @Nullable Future<?> limit;

	ProtocolDetector(Protocols protocols) {
		this.protocols = protocols;
		this.insideTls = false;
	}

	private ProtocolDetector(ProtocolDetector outside) {
		this.protocols = outside.protocols;
		this.insideTls = true;
		this.limit = outside.limit;
	}

	/**
	 * What each announced protocol puts at the end of a pipeline.
	 */
	interface Protocols {

		void amqp(Channel channel);

		void http(Channel channel);

		/**
		 * Makes the server's half of TLS; {@code null} if it is not offered.
		 */
		@Nullable Future<ChannelHandler> tls(Channel channel);

	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		if (this.limit == null) {
			this.limit = ctx.executor().schedule(() -> {
				logger.debug("Closing the connection of {}: it did not announce a protocol within {} seconds",
						ctx.channel().remoteAddress(), LIMIT_SECONDS);
				// From the socket's end of the pipeline, so that TLS does not wait.
				ctx.pipeline().firstContext().close();
			}, LIMIT_SECONDS, TimeUnit.SECONDS);
		}
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf received, List<Object> out) {
		if (this.securing) {
			if (received.readableBytes() > MAX_UNANSWERED_TLS_BYTES) {
				refuse(ctx, received, "it goes on without waiting for an answer in TLS");
			}
			return;
		}
		FirstBytes announced = FirstBytes.of(received);
		if (announced == FirstBytes.AMQP) {
			this.protocols.amqp(ctx.channel());
			leave(ctx);
		}
		else if (announced == FirstBytes.HTTP) {
			this.protocols.http(ctx.channel());
			leave(ctx);
		}
		else if (announced == FirstBytes.TLS) {
			secure(ctx, received);
		}
		else if (announced == FirstBytes.UNKNOWN) {
			refuse(ctx, received, "it begins with no protocol that is spoken here");
		}
	}

	private void leave(ChannelHandlerContext ctx) {
		cancelLimit();
		ctx.pipeline().remove(this);
	}

	private void secure(ChannelHandlerContext ctx, ByteBuf received) {
		Future<ChannelHandler> tls = this.insideTls ? null : this.protocols.tls(ctx.channel());
		if (tls == null) {
			refuse(ctx, received, "it begins with TLS, which is not offered here");
			return;
		}
		this.securing = true;
		tls.addListener((made) -> {
			if (!made.isSuccess()) {
				logger.error("Closing the connection of {}: TLS cannot be offered", ctx.channel().remoteAddress(),
						made.cause());
				ctx.close();
			}
			else if (!ctx.isRemoved()) {
				ctx.pipeline().addLast(tls.getNow(), new ProtocolDetector(this));
				ctx.pipeline().remove(this);
			}
		});
	}

	private void refuse(ChannelHandlerContext ctx, ByteBuf received, String reason) {
		logger.debug("Closing the connection of {}: {}", ctx.channel().remoteAddress(), reason);
		received.skipBytes(received.readableBytes());
		ctx.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		cancelLimit();
		super.channelInactive(ctx);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		logger.debug("The connection of {} failed before it announced a protocol", ctx.channel().remoteAddress(),
				cause);
		ctx.close();
	}

	private void cancelLimit() {
		if (this.limit != null) {
			this.limit.cancel(false);
		}
	}

}
