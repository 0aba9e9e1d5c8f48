package dev.servicebus.amqp.transport.netty;

import java.util.function.Consumer;

import dev.servicebus.amqp.transport.http.HttpHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;

/**
 * Makes a channel speak HTTP.
 */
final class HttpProtocol implements Consumer<Channel> {

	private final HttpHandler handler;

	HttpProtocol(HttpHandler handler) {
		this.handler = handler;
	}

	@Override
	public void accept(Channel channel) {
		HttpDecoderConfig limits = new HttpDecoderConfig().setMaxInitialLineLength(HttpServer.MAX_HEADER_BYTES)
			.setMaxHeaderSize(HttpServer.MAX_HEADER_BYTES);
		channel.pipeline()
			.addLast(new ReadTimeoutHandler(HttpServer.IDLE_SECONDS))
			.addLast(new RequestDeadline())
			.addLast(new HttpServerCodec(limits))
			.addLast(new HttpObjectAggregator(HttpServer.MAX_BODY_BYTES, true))
			.addLast(new HttpExchange(this.handler));
	}

	/**
	 * Takes out of a pipeline what only HTTP needs. The codec itself leaves with the
	 * answer to the request for another protocol.
	 */
	static void removeFrom(ChannelPipeline pipeline) {
		pipeline.remove(ReadTimeoutHandler.class);
		pipeline.remove(RequestDeadline.class);
		pipeline.remove(HttpExchange.class);
	}

}
