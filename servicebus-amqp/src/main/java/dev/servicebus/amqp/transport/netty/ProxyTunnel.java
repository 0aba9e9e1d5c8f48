package dev.servicebus.amqp.transport.netty;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.ProxyOptions;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Asks an HTTP proxy, to which the socket is connected, for a tunnel to the target.
 * Netty's own handler for proxies has to stand in the pipeline before the socket is
 * dialled, which does not go with a race of the proxy's addresses, and tells a status
 * only as text.
 */
final class ProxyTunnel extends HttpHandshake {

	private final ConnectTarget target;

	private final ProxyOptions proxy;

	private ProxyTunnel(Channel channel, ConnectTarget target, ProxyOptions proxy) {
		super(channel, Reason.PROXY_FAILED);
		this.target = target;
		this.proxy = proxy;
	}

	static Future<Void> open(Channel channel, ConnectTarget target, ProxyOptions proxy) {
		return new ProxyTunnel(channel, target, proxy).start(channel);
	}

	@Override
	Future<Void> request(Channel channel) {
		String authority = Authority.of(this.target.host(), this.target.port());
		FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, authority,
				Unpooled.EMPTY_BUFFER);
		request.headers().set(HttpHeaderNames.HOST, authority);
		if (this.proxy.username() != null) {
			request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, "Basic " + credentials());
		}
		return channel.writeAndFlush(request);
	}

	private String credentials() {
		String pair = this.proxy.username() + ":" + this.proxy.password();
		return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	@Nullable RefusedException refusal(HttpResponse answer) {
		HttpResponseStatus status = answer.status();
		if (status.equals(HttpResponseStatus.OK)) {
			return null;
		}
		Reason reason = Reason.PROXY_FAILED;
		if (status.equals(HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED)) {
			reason = Reason.PROXY_AUTHENTICATION;
		}
		else if (status.codeClass() == HttpStatusClass.CLIENT_ERROR) {
			reason = Reason.PROXY_FORBIDDEN;
		}
		return new RefusedException(reason, "it answered with status " + status.code(), null);
	}

	@Override
	void complete(ChannelHandlerContext ctx, HttpResponse answer) {
		ctx.pipeline().remove(this);
		ctx.pipeline().remove(HttpClientCodec.class);
	}

}
