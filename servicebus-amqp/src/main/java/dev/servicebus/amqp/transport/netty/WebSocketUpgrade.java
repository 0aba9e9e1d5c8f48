package dev.servicebus.amqp.transport.netty;

import java.net.URI;

import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.WebSocketEndpoint;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server to carry on as a WebSocket. Extensions, and with them compression, are
 * not offered.
 */
final class WebSocketUpgrade extends HttpHandshake {

	private final WebSocketClientHandshaker handshaker;

	private WebSocketUpgrade(Channel channel, ConnectTarget target, WebSocketEndpoint endpoint) {
		super(channel, Reason.UPGRADE_FAILED);
		HttpHeaders headers = new DefaultHttpHeaders();
		headers.set(HttpHeaderNames.HOST, hostOf(target));
		this.handshaker = new Handshaker(endpoint, headers);
	}

	/**
	 * The service's own name, also behind a gateway that is dialled instead of it.
	 */
	private static String hostOf(ConnectTarget target) {
		int usualPort = (target.security() == ConnectTarget.Security.TLS) ? 443 : 80;
		return (target.port() == usualPort) ? Authority.of(target.serverName())
				: Authority.of(target.serverName(), target.port());
	}

	static Future<Void> request(Channel channel, ConnectTarget target, WebSocketEndpoint endpoint) {
		return new WebSocketUpgrade(channel, target, endpoint).start(channel);
	}

	@Override
	Future<Void> request(Channel channel) {
		return this.handshaker.handshake(channel);
	}

	@Override
	@Nullable RefusedException refusal(HttpResponse answer) {
		HttpResponseStatus status = answer.status();
		if (!status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
			Reason reason = (status.codeClass() == HttpStatusClass.SERVER_ERROR) ? Reason.UPGRADE_FAILED
					: Reason.UPGRADE_REFUSED;
			return new RefusedException(reason, "it answered with status " + status.code(), null);
		}
		if (!answer.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT)) {
			return new RefusedException(Reason.UPGRADE_REFUSED, "its answer has no Sec-WebSocket-Accept", null);
		}
		return null;
	}

	@Override
	void complete(ChannelHandlerContext ctx, HttpResponse answer) throws RefusedException {
		FullHttpResponse whole = new DefaultFullHttpResponse(answer.protocolVersion(), answer.status(),
				Unpooled.EMPTY_BUFFER, answer.headers(), EmptyHttpHeaders.INSTANCE);
		try {
			this.handshaker.finishHandshake(ctx.channel(), whole);
		}
		catch (WebSocketHandshakeException ex) {
			throw new RefusedException(Reason.UPGRADE_REFUSED,
					"it did not confirm the key or the sub-protocol of the request", ex);
		}
		ctx.pipeline().replace(this, null, new WebSocketFrames());
	}

	/**
	 * Version 13 (RFC 6455) with our way of reading frames.
	 */
	private static final class Handshaker extends WebSocketClientHandshaker13 {

		/** The authority does not matter: the Host header is among the others. */
		Handshaker(WebSocketEndpoint endpoint, HttpHeaders headers) {
			super(URI.create("ws://service" + endpoint.path()), WebSocketVersion.V13, endpoint.subProtocol(), false,
					headers, WebSocketEndpoint.MAX_FRAME_BYTES, true, false);
		}

		@Override
		protected FullHttpRequest newHandshakeRequest() {
			FullHttpRequest request = super.newHandshakeRequest();
			request.headers().remove(HttpHeaderNames.ORIGIN);
			return request;
		}

		@Override
		protected WebSocketFrameDecoder newWebsocketDecoder() {
			return new WebSocket13FrameDecoder(WebSocketFrames.READING.toBuilder().expectMaskedFrames(false).build());
		}

	}

}
