package dev.servicebus.boot.autoconfigure.listener;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.awaitility.Awaitility.await;

/**
 * Holds listeners up until a test lets them go, and counts them. Thread-safe.
 */
final class Turnstile {

	private final CountDownLatch open = new CountDownLatch(1);

	private final AtomicInteger begun = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	/**
	 * Waits until the test lets go.
	 * @throws InterruptedException if somebody interrupts the listener
	 */
	void pass() throws InterruptedException {
		this.begun.incrementAndGet();
		this.most.accumulateAndGet(this.waiting.incrementAndGet(), Math::max);
		try {
			if (!this.open.await(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Nobody has opened the turnstile");
			}
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

	/** Waits until this many listeners have begun. */
	void awaitBegun(int count) {
		await().atMost(RunningApplication.PATIENCE).until(() -> this.begun.get() == count);
	}

	/** How many have come here so far. */
	int begun() {
		return this.begun.get();
	}

	/** How many were here at the same time, at most. */
	int most() {
		return this.most.get();
	}

	/** Lets all go, and those that come later. */
	void open() {
		this.open.countDown();
	}

}
