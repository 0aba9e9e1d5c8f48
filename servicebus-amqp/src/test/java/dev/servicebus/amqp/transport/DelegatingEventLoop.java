package dev.servicebus.amqp.transport;

import java.time.Duration;
import java.time.InstantSource;

/**
 * A loop whose calls a test can watch.
 */
class DelegatingEventLoop implements EventLoop {

	private final EventLoop delegate;

	DelegatingEventLoop(EventLoop delegate) {
		this.delegate = delegate;
	}

	@Override
	public void execute(Runnable task) {
		this.delegate.execute(task);
	}

	@Override
	public boolean inEventLoop() {
		return this.delegate.inEventLoop();
	}

	@Override
	public Timer schedule(Duration delay, Runnable task) {
		return this.delegate.schedule(delay, task);
	}

	@Override
	public InstantSource clock() {
		return this.delegate.clock();
	}

	@Override
	public long nanoTime() {
		return this.delegate.nanoTime();
	}

}
