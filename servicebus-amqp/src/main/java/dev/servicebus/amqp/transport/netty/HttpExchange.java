package dev.servicebus.amqp.transport.netty;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.servicebus.amqp.transport.http.HttpHandler;
import dev.servicebus.amqp.transport.http.HttpRequest;
import dev.servicebus.amqp.transport.http.HttpResponse;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the requests of one connection into calls of a handler and its results into
 * responses.
 */
final class HttpExchange extends SimpleChannelInboundHandler<FullHttpRequest> {

	private static final Logger logger = LoggerFactory.getLogger(HttpExchange.class);

	private final HttpHandler handler;

	HttpExchange(HttpHandler handler) {
		this.handler = handler;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
		if (request.decoderResult().isFailure()) {
			int status = statusOf(request.decoderResult().cause());
			answer(ctx, request, toNetty(HttpResponse.of(status)), false);
			return;
		}
		FullHttpResponse response = respond(request);
		answer(ctx, request, response, HttpUtil.isKeepAlive(request));
	}

	private FullHttpResponse respond(FullHttpRequest received) {
		HttpRequest request;
		try {
			request = toRequest(received);
		}
		catch (IllegalArgumentException ex) {
			return toNetty(HttpResponse.text(400, "The request target cannot be decoded."));
		}
		try {
			return toNetty(this.handler.handle(request));
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.error("The request {} failed", request, ex);
			return toNetty(HttpResponse.text(500, "The request failed."));
		}
	}

	private static void answer(ChannelHandlerContext ctx, FullHttpRequest request, FullHttpResponse response,
			boolean keepAlive) {
		HttpUtil.setKeepAlive(response, keepAlive);
		if (response.status().code() != 204 && response.status().code() != 304) {
			response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
		}
		if (request.method().equals(HttpMethod.HEAD)) {
			response.content().clear();
		}
		var sent = ctx.writeAndFlush(response);
		if (!keepAlive) {
			sent.addListener(ChannelFutureListener.CLOSE);
		}
	}

	private static HttpRequest toRequest(FullHttpRequest request) {
		QueryStringDecoder target = RequestTarget.decode(request.uri());
		Map<String, String> query = new HashMap<>();
		target.parameters().forEach((name, values) -> query.put(name, values.get(0)));
		Map<String, String> headers = new HashMap<>();
		for (Map.Entry<String, String> header : request.headers()) {
			headers.merge(header.getKey().toLowerCase(Locale.ROOT), header.getValue(),
					(first, next) -> first + ", " + next);
		}
		return new HttpRequest(request.method().name(), target.path(), query, headers,
				ByteBufUtil.getBytes(request.content()));
	}

	private static FullHttpResponse toNetty(HttpResponse response) {
		FullHttpResponse message = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.valueOf(response.status()), Unpooled.wrappedBuffer(response.body()));
		response.headers().forEach(message.headers()::set);
		return message;
	}

	private static int statusOf(Throwable malformed) {
		if (malformed instanceof TooLongHttpHeaderException) {
			return 431;
		}
		return (malformed instanceof TooLongHttpLineException) ? 414 : 400;
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		logger.debug("The HTTP connection of {} ends", ctx.channel().remoteAddress(), cause);
		ctx.close();
	}

}
