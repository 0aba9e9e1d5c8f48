package dev.servicebus.benchmarks.contender;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of several sends.
 */
final class Sends implements Contender.End {

	private static final long PATIENCE_SECONDS = 60;

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private final CountDownLatch underWay;

	Sends(int count) {
		this.underWay = new CountDownLatch(count);
	}

	@Override
	public void succeeded() {
		this.underWay.countDown();
	}

	@Override
	public void failed(Throwable cause) {
		this.failure.compareAndSet(null, cause);
		this.underWay.countDown();
	}

	/**
	 * Returns when all of them have succeeded.
	 */
	void await() {
		try {
			if (!this.underWay.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new ContenderFailedException(new TimeoutException("sends have not ended"));
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

}
