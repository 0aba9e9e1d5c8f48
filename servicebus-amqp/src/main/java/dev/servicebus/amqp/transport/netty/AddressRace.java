package dev.servicebus.amqp.transport.netty;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Dials the addresses of one host, the next one when the one before has failed or has not
 * answered for a moment; the first to answer wins and the others are given up (after RFC
 * 8305). Without this a single address that swallows packets would use up the whole time
 * limit. Used only on its loop.
 */
final class AddressRace {

	static final long HEAD_START_MILLIS = 250;

	private final Bootstrap bootstrap;

	private final EventLoop loop;

	private final Queue<InetSocketAddress> waiting;

	private final Finish finish;

	private final List<Channel> running = new ArrayList<>();

	private @Nullable Future<?> nextStart;

	private @Nullable Throwable lastFailure;

	private boolean over;

	AddressRace(Bootstrap bootstrap, EventLoop loop, List<InetSocketAddress> addresses, Finish finish) {
		this.bootstrap = bootstrap;
		this.loop = loop;
		this.waiting = new ArrayDeque<>(addresses);
		this.finish = finish;
	}

	/**
	 * Hears the result, once, unless the race is stopped.
	 */
	interface Finish {

		void won(Channel channel);

		void lost(@Nullable Throwable lastFailure);

	}

	void startNext() {
		InetSocketAddress address = this.waiting.poll();
		if (this.over || address == null) {
			return;
		}
		ChannelFuture attempt = this.bootstrap.connect(address);
		this.running.add(attempt.channel());
		if (!this.waiting.isEmpty()) {
			this.nextStart = this.loop.schedule(this::startNext, HEAD_START_MILLIS, TimeUnit.MILLISECONDS);
		}
		attempt.addListener((done) -> finished(attempt));
	}

	/**
	 * Gives up whatever is under way.
	 */
	void stop() {
		this.over = true;
		cancelNextStart();
		this.running.forEach(Channel::close);
		this.running.clear();
	}

	private void finished(ChannelFuture attempt) {
		if (this.over) {
			attempt.channel().close();
			return;
		}
		this.running.remove(attempt.channel());
		if (attempt.isSuccess()) {
			stop();
			this.finish.won(attempt.channel());
			return;
		}
		this.lastFailure = attempt.cause();
		if (!this.waiting.isEmpty()) {
			cancelNextStart();
			startNext();
		}
		else if (this.running.isEmpty()) {
			this.over = true;
			this.finish.lost(this.lastFailure);
		}
	}

	private void cancelNextStart() {
		if (this.nextStart != null) {
			this.nextStart.cancel(false);
			this.nextStart = null;
		}
	}

}
