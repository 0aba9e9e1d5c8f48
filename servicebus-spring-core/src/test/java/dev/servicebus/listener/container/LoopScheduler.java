package dev.servicebus.listener.container;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.listener.DelayScheduler;

/**
 * Schedules on a loop in virtual time.
 *
 * @param loop runs what is due
 * @param clock the time of the same world
 */
record LoopScheduler(EventLoop loop, InstantSource clock) implements DelayScheduler {

	@Override
	public Future<?> schedule(Duration delay, Runnable task) {
		CompletableFuture<Void> future = new CompletableFuture<>();
		EventLoop.Timer timer = this.loop.schedule(delay, () -> {
			future.complete(null);
			task.run();
		});
		future.whenComplete((nothing, failure) -> timer.cancel());
		return future;
	}

	@Override
	public long nanoTime() {
		return this.loop.nanoTime();
	}

	@Override
	public Instant instant() {
		return this.clock.instant();
	}

}
