package dev.servicebus.benchmarks.scenario.client;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a limited number of sends under way. Used by one thread, told by any.
 */
final class SendWindow implements Contender.End {

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private final int size;

	private final Semaphore free;

	SendWindow(int size) {
		this.size = size;
		this.free = new Semaphore(size);
	}

	/**
	 * Waits until one more may be sent.
	 */
	void acquire() {
		acquire(1);
	}

	/**
	 * Waits until every send has ended.
	 */
	void awaitAll() {
		acquire(this.size);
		this.free.release(this.size);
	}

	private void acquire(int permits) {
		try {
			if (!this.free.tryAcquire(permits, Round.LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new RoundFailedException(
						this.size - this.free.availablePermits() + " sends have not ended within " + Round.LIMIT);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RoundFailedException("interrupted", ex);
		}
		Throwable first = this.failure.get();
		if (first != null) {
			throw new RoundFailedException("a send failed: " + first, first);
		}
	}

	@Override
	public void succeeded() {
		this.free.release();
	}

	@Override
	public void failed(Throwable cause) {
		this.failure.compareAndSet(null, cause);
		this.free.release();
	}

}
