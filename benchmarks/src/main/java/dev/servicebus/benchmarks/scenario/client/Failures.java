package dev.servicebus.benchmarks.scenario.client;

import java.util.concurrent.atomic.AtomicReference;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages and keeps the first failure. Thread-safe.
 */
final class Failures implements Contender.Handler {

	private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

	@Override
	public void onMessage(String messageId, byte[] body) {
	}

	@Override
	public void failed(Throwable failure) {
		this.first.compareAndSet(null, failure);
	}

	/**
	 * Checks that nothing has failed.
	 * @throws RoundFailedException if something has
	 */
	void requireNone() {
		Throwable failure = this.first.get();
		if (failure != null) {
			throw new RoundFailedException("a listener failed: " + failure, failure);
		}
	}

}
