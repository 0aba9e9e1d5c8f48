package dev.servicebus.benchmarks.scenario.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.Sample;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Counts messages that are handled: each has to come once, and whole. Thread-safe.
 */
final class Arrivals implements Contender.Handler {

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private final CountDownLatch end = new CountDownLatch(1);

	private final AtomicInteger count = new AtomicInteger();

	private final AtomicIntegerArray times;

	Arrivals(int expected) {
		this.times = new AtomicIntegerArray(expected);
	}

	@Override
	public void onMessage(String messageId, byte[] body) {
		if (this.times.incrementAndGet(Sample.numberOf(messageId)) > 1) {
			failed(new IllegalStateException(messageId + " was handled twice"));
		}
		onBody(body);
	}

	@Override
	public void onBody(byte[] body) {
		if (body.length != Sample.BODY_SIZE) {
			failed(new IllegalStateException("a message has a body of " + body.length + " bytes"));
		}
		if (this.count.incrementAndGet() == this.times.length()) {
			this.end.countDown();
		}
	}

	@Override
	public void failed(Throwable cause) {
		this.failure.compareAndSet(null, cause);
		this.end.countDown();
	}

	/**
	 * Waits for the last message.
	 * @throws RoundFailedException if a message was wrong or is missing
	 */
	void awaitAll() {
		boolean ended = await();
		Throwable first = this.failure.get();
		if (first != null) {
			throw new RoundFailedException("the listener failed: " + first, first);
		}
		if (!ended) {
			throw new RoundFailedException("only " + this.count.get() + " of " + this.times.length()
					+ " messages were handled within " + Round.LIMIT);
		}
	}

	private boolean await() {
		try {
			return this.end.await(Round.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RoundFailedException("interrupted", ex);
		}
	}

}
