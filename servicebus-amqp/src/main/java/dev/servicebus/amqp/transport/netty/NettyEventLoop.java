package dev.servicebus.amqp.transport.netty;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.transport.EventLoop;

/**
 * A loop of Netty's, with its timers and the clocks of this machine.
 */
final class NettyEventLoop implements EventLoop {

	private static final long MAX_DELAY_NANOS = Long.MAX_VALUE / 4;

	private final io.netty.channel.EventLoop loop;

	NettyEventLoop(io.netty.channel.EventLoop loop) {
		this.loop = loop;
	}

	io.netty.channel.EventLoop unwrap() {
		return this.loop;
	}

	@Override
	public void execute(Runnable task) {
		this.loop.execute(task);
	}

	@Override
	public boolean inEventLoop() {
		return this.loop.inEventLoop();
	}

	@Override
	public Timer schedule(Duration delay, Runnable task) {
		long nanos = Math.min(TimeUnit.NANOSECONDS.convert(delay), MAX_DELAY_NANOS);
		Future<?> scheduled = this.loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
		return () -> scheduled.cancel(false);
	}

	@Override
	public InstantSource clock() {
		return InstantSource.system();
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public String toString() {
		return this.loop.toString();
	}

}
