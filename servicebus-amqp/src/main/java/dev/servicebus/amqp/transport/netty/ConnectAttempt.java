package dev.servicebus.amqp.transport.netty;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.ConnectFailedException;
import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.ProxyOptions;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The way from a target to a connected channel: resolve, dial, handshakes, all within one
 * time limit. The handler hears of its end exactly once. Everything but the look-up of
 * the name happens on the loop.
 */
final class ConnectAttempt implements EventLoop.Timer {

	private final Dialer dialer;

	private final NettyEventLoop loop;

	private final ConnectTarget target;

	private final ByteChannelHandler handler;

	private EventLoop.@Nullable Timer limit;

	private @Nullable AddressRace race;

	private @Nullable Channel channel;

	private boolean finished;

	ConnectAttempt(Dialer dialer, NettyEventLoop loop, ConnectTarget target, ByteChannelHandler handler) {
		this.dialer = dialer;
		this.loop = loop;
		this.target = target;
		this.handler = handler;
	}

	void start(Duration timeLimit) {
		this.loop.execute(() -> {
			if (this.finished) {
				return;
			}
			this.limit = this.loop.schedule(timeLimit, () -> fail(Reason.TIMEOUT, null));
			try {
				this.dialer.blockingWork().execute(this::prepare);
			}
			catch (RejectedExecutionException ex) {
				fail(Reason.CANCELLED, ex);
			}
		});
	}

	@Override
	public void cancel() {
		if (this.loop.inEventLoop()) {
			fail(Reason.CANCELLED, null);
		}
		else {
			this.loop.execute(() -> fail(Reason.CANCELLED, null));
		}
	}

	private void prepare() {
		try {
			ProxyOptions proxy = this.target.proxy();
			String host = (proxy != null) ? proxy.host() : this.target.host();
			int port = (proxy != null) ? proxy.port() : this.target.port();
			List<InetSocketAddress> addresses = Arrays.stream(this.dialer.resolver().resolve(host))
				.map((address) -> new InetSocketAddress(address, port))
				.toList();
			SSLEngine engine = (this.target.security() == ConnectTarget.Security.TLS)
					? this.dialer.tls().newEngine(this.target) : null;
			List<Handshake> steps = Handshake.stepsTo(this.target, this.dialer.tls(), engine);
			this.loop.execute(() -> dial(addresses, steps));
		}
		catch (UnknownHostException ex) {
			this.loop.execute(() -> fail(Reason.UNKNOWN_HOST, ex));
		}
		catch (SSLException | RuntimeException ex) {
			this.loop.execute(() -> fail(Reason.HANDSHAKE, ex));
		}
	}

	private void dial(List<InetSocketAddress> addresses, List<Handshake> steps) {
		if (this.finished) {
			return;
		}
		this.race = new AddressRace(this.dialer.bootstrap(this.loop), this.loop.unwrap(), addresses,
				new AddressRace.Finish() {
					@Override
					public void won(Channel winner) {
						ConnectAttempt.this.channel = winner;
						proceed(winner, steps.iterator());
					}

					@Override
					public void lost(@Nullable Throwable lastFailure) {
						fail(Reason.REFUSED, lastFailure);
					}
				});
		this.race.startNext();
	}

	private void proceed(Channel dialled, Iterator<Handshake> steps) {
		if (this.finished) {
			return;
		}
		if (!steps.hasNext()) {
			succeed(dialled);
			return;
		}
		steps.next().start(dialled).addListener((done) -> {
			if (done.isSuccess()) {
				proceed(dialled, steps);
			}
			else {
				fail(Handshake.reasonOf(done.cause()), done.cause());
			}
		});
	}

	private void succeed(Channel connected) {
		if (finish()) {
			ByteChannelBridge bridge = new ByteChannelBridge(this.loop, this.handler, this.target.toString());
			connected.pipeline().replace(Dialer.NotConnected.class, null, bridge);
		}
	}

	private void fail(Reason reason, @Nullable Throwable cause) {
		if (!finish()) {
			return;
		}
		if (this.race != null) {
			this.race.stop();
		}
		if (this.channel != null) {
			this.channel.close();
		}
		ConnectFailedException failure = new ConnectFailedException(this.target, reason, cause);
		this.loop.execute(() -> this.handler.closed(failure));
	}

	private boolean finish() {
		if (this.finished) {
			return false;
		}
		this.finished = true;
		if (this.limit != null) {
			this.limit.cancel();
		}
		return true;
	}

}
