package dev.servicebus.benchmarks.contender;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a limited number of sends under way. Used by one thread, told by any.
 */
public final class SendWindow implements Contender.End {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private final int size;

	private final Semaphore free;

	/**
	 * A window in which nothing is under way.
	 * @param size how many sends may be under way
	 */
	public SendWindow(int size) {
		this.size = size;
		this.free = new Semaphore(size);
	}

	/**
	 * Waits until one more may be sent.
	 * @throws ContenderFailedException if a send failed, or none ends
	 */
	public void acquire() {
		acquire(1);
	}

	/**
	 * Waits until every send has ended.
	 * @throws ContenderFailedException if a send failed, or has not ended
	 */
	public void awaitAll() {
		acquire(this.size);
		this.free.release(this.size);
	}

	private void acquire(int permits) {
		try {
			if (!this.free.tryAcquire(permits, LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new ContenderFailedException(new TimeoutException(
						this.size - this.free.availablePermits() + " sends have not ended within " + LIMIT));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ContenderFailedException(ex);
		}
		Throwable first = this.failure.get();
		if (first != null) {
			throw new ContenderFailedException(first);
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
