package dev.servicebus.amqp.transport.netty;

import java.io.IOException;

import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request that turns a connection into something else, such as a tunnel, if its
 * answer allows it. Only the head of the answer is looked at: the page that comes with a
 * refusal may be of any length. The time limit is the caller's.
 */
abstract class HttpHandshake extends SimpleChannelInboundHandler<HttpObject> {

	private static final int MAX_HEADER_BYTES = 8 * 1024;

	private final Promise<Void> outcome;

	private final Reason brokenOff;

	private @Nullable HttpResponse accepted;

	/**
	 * Makes the handshake of one channel.
	 * @param brokenOff the reason when no answer comes that could be understood
	 */
	HttpHandshake(Channel channel, Reason brokenOff) {
		this.outcome = channel.eventLoop().newPromise();
		this.brokenOff = brokenOff;
	}

	/**
	 * Sends the request. The result fails with a {@link RefusedException} if the peer
	 * does not agree.
	 */
	final Future<Void> start(Channel channel) {
		HttpDecoderConfig limits = new HttpDecoderConfig().setMaxInitialLineLength(MAX_HEADER_BYTES)
			.setMaxHeaderSize(MAX_HEADER_BYTES);
		Dialer.NotConnected.precede(channel, new HttpClientCodec(limits, false, false), this);
		request(channel).addListener((sent) -> {
			if (!sent.isSuccess()) {
				fail("could not be asked", sent.cause());
			}
		});
		return this.outcome;
	}

	abstract Future<Void> request(Channel channel);

	/**
	 * Looks at the head of an answer.
	 * @return what is wrong with it, {@code null} for nothing
	 */
	abstract @Nullable RefusedException refusal(HttpResponse answer);

	/**
	 * The peer has agreed: makes the pipeline ready for what follows and removes this
	 * handler.
	 * @throws RefusedException if the peer has not agreed after all
	 */
	abstract void complete(ChannelHandlerContext ctx, HttpResponse answer) throws RefusedException;

	@Override
	protected final void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
		if (this.outcome.isDone()) {
			return;
		}
		if (message.decoderResult().isFailure()) {
			fail("did not answer in HTTP", message.decoderResult().cause());
		}
		else if (message instanceof HttpResponse answer && isFinal(answer)) {
			RefusedException refusal = refusal(answer);
			if (refusal != null) {
				this.outcome.tryFailure(refusal);
			}
			this.accepted = answer;
		}
		if (this.accepted != null && message instanceof LastHttpContent && !this.outcome.isDone()) {
			finish(ctx, this.accepted);
		}
	}

	private void finish(ChannelHandlerContext ctx, HttpResponse answer) {
		try {
			complete(ctx, answer);
			this.outcome.trySuccess(null);
		}
		catch (RefusedException ex) {
			this.outcome.tryFailure(ex);
		}
	}

	/**
	 * Tells an answer from an announcement of one.
	 */
	private static boolean isFinal(HttpResponse answer) {
		return answer.status().codeClass() != HttpStatusClass.INFORMATIONAL || answer.status().code() == 101;
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		fail("closed the connection", null);
		ctx.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		fail("broke the connection", cause);
		ctx.close();
	}

	private void fail(String what, @Nullable Throwable cause) {
		String detail = (cause instanceof IOException && cause.getMessage() != null) ? ": " + cause.getMessage() : "";
		this.outcome.tryFailure(new RefusedException(this.brokenOff, "it " + what + detail, cause));
	}

}
