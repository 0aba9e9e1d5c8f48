package dev.servicebus.amqp.transport.netty;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

import dev.servicebus.amqp.transport.WebSocketEndpoint;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;

/**
 * Turns an HTTP connection into a byte channel when the client asks for AMQP over
 * WebSocket, and lets every other request pass. Stands before the {@link HttpExchange}.
 */
final class WebSocketAcceptor extends ChannelInboundHandlerAdapter {

	private static final String SUB_PROTOCOLS = String.join(",", WebSocketEndpoint.SUB_PROTOCOLS);

	private final String path;

	private final Supplier<ByteChannelBridge> bridges;

	/**
	 * Makes the acceptor of one connection.
	 * @param path the decoded path of upgrade requests, without a slash at its end
	 * @param bridges makes the end of the pipeline
	 */
	WebSocketAcceptor(String path, Supplier<ByteChannelBridge> bridges) {
		this.path = path;
		this.bridges = bridges;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (!(message instanceof FullHttpRequest request) || !isUpgrade(request)) {
			ctx.fireChannelRead(message);
			return;
		}
		try {
			answer(ctx, request);
		}
		finally {
			request.release();
		}
	}

	private boolean isUpgrade(FullHttpRequest request) {
		return request.decoderResult().isSuccess() && request.method().equals(HttpMethod.GET)
				&& request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
				&& hasPath(request.uri());
	}

	private boolean hasPath(String target) {
		try {
			String asked = RequestTarget.decode(target).path();
			return asked.equals(this.path) || asked.equals(this.path + "/");
		}
		catch (IllegalArgumentException ex) {
			// The exchange behind this answers it as any other target that is malformed.
			return false;
		}
	}

	private void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
		HttpHeaders headers = request.headers();
		if (!WebSocketVersion.V13.toHttpHeaderValue().equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
			WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
				.addListener(ChannelFutureListener.CLOSE);
		}
		else if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
				|| !headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
			refuse(ctx, "The headers Connection: Upgrade and Sec-WebSocket-Key are missing.");
		}
		else if (!asksForAmqp(headers)) {
			refuse(ctx, "The sub-protocol must be one of " + SUB_PROTOCOLS + ".");
		}
		else {
			upgrade(ctx, request);
		}
	}

	private static boolean asksForAmqp(HttpHeaders headers) {
		return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)
			.stream()
			.flatMap((value) -> Arrays.stream(value.split(",")))
			.map(String::strip)
			.anyMatch(WebSocketEndpoint.SUB_PROTOCOLS::contains);
	}

	private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request) {
		new WebSocketServerHandshaker13("", SUB_PROTOCOLS, WebSocketFrames.READING).handshake(ctx.channel(), request)
			.addListener((sent) -> {
				if (sent.isSuccess()) {
					becomeByteChannel(ctx);
				}
				else {
					ctx.close();
				}
			});
	}

	private void becomeByteChannel(ChannelHandlerContext ctx) {
		ChannelPipeline pipeline = ctx.pipeline();
		HttpProtocol.removeFrom(pipeline);
		pipeline.addLast(new WebSocketFrames(), this.bridges.get());
		pipeline.remove(this);
	}

	private static void refuse(ChannelHandlerContext ctx, String text) {
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST,
				Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
		response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
		response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
		HttpUtil.setKeepAlive(response, false);
		ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
	}

}
