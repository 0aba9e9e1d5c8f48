package dev.servicebus.benchmarks.scenario.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.measure.Latency;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;

/**
 * Many listeners get one message each at the same time, and each takes two seconds for
 * it: whether one waits for another. The time that counts is that of all together.
 */
final class Isolation implements Workload {

	private static final Duration HANDLING = Duration.ofSeconds(2);

	private static final int MOST_LISTENERS = 80;

	@Override
	public String name() {
		return "isolation";
	}

	@Override
	public int defaultMessages() {
		return MOST_LISTENERS;
	}

	@Override
	public boolean suits(ContenderKind kind) {
		return ContenderKind.SERVICE_BUS_CLIENTS.contains(kind);
	}

	@Override
	public Measurement run(Round round) {
		int count = Math.min(round.messages(), MOST_LISTENERS);
		Slow handler = new Slow();
		try (ManyListeners listeners = new ManyListeners(round, count, handler)) {
			for (int i = 0; i < count; i++) {
				listeners.start();
			}
			handler.slowDown();
			Meter meter = Meter.start();
			listeners.send();
			listeners.awaitHandled(count);
			Usage usage = meter.usedFor(count);
			handler.failures.requireNone();
			return new Measurement(usage, Latency.of(new long[] { usage.wallNanos() }));
		}
	}

	/**
	 * Handles messages at once, later slowly.
	 */
	private static final class Slow implements Contender.Handler {

		private final Failures failures = new Failures();

		private volatile boolean slow;

		void slowDown() {
			this.slow = true;
		}

		@Override
		public void onMessage(String messageId, byte[] body) {
			if (this.slow) {
				pause();
			}
		}

		private void pause() {
			try {
				new CountDownLatch(1).await(HANDLING.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public void failed(Throwable failure) {
			this.failures.failed(failure);
		}

	}

}
