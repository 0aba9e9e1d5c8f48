package dev.servicebus.benchmarks.scenario.client;

import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.contender.Sample;
import dev.servicebus.benchmarks.contender.SendWindow;
import dev.servicebus.benchmarks.measure.Latency;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;
import dev.servicebus.benchmarks.scenario.RoundFailedException;

/**
 * One message at a time: it is sent, and the next one follows when the handler of a
 * listener has it and the broker has confirmed the send. What counts is the time from the
 * call that sends to the call of the handler.
 *
 * @param name the scenario's name
 * @param clients who takes part
 */
record PingPong(String name, Set<ContenderKind> clients) implements Workload {

	/** Enough that a message never waits for credit. */
	private static final int PREFETCH = 10;

	@Override
	public int defaultMessages() {
		return 1_000;
	}

	@Override
	public boolean suits(ContenderKind kind) {
		return this.clients.contains(kind);
	}

	@Override
	public Measurement run(Round round) {
		long[] nanos = new long[round.messages()];
		Arrivals arrivals = new Arrivals(round.messages() + 1);
		Turn turn = new Turn(arrivals);
		Contender.Stop listener = round.contender().listen(new Contender.Listening(round.queue(), 1, PREFETCH), turn);
		Contender.Sender sender = round.contender().sender(round.queue());
		turn.play(sender, new Sample(round.messages()));
		Meter meter = Meter.start();
		for (int number = 0; number < round.messages(); number++) {
			nanos[number] = turn.play(sender, new Sample(number));
		}
		Usage usage = meter.usedFor(round.messages());
		arrivals.awaitAll();
		round.awaitSettled();
		listener.stop();
		return new Measurement(usage, Latency.of(nanos));
	}

	/**
	 * One message at a time on its way.
	 */
	private static final class Turn implements Contender.Handler {

		private final Semaphore arrived = new Semaphore(0);

		private final SendWindow window = new SendWindow(1);

		private final Arrivals arrivals;

		private volatile long arrival;

		Turn(Arrivals arrivals) {
			this.arrivals = arrivals;
		}

		/**
		 * Sends a message and waits for it.
		 * @return how long it has taken
		 */
		long play(Contender.Sender sender, Sample sample) {
			this.window.acquire();
			long start = System.nanoTime();
			sender.send(sample, this.window);
			awaitArrival();
			this.window.awaitAll();
			return this.arrival - start;
		}

		private void awaitArrival() {
			try {
				if (!this.arrived.tryAcquire(Round.LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
					throw new RoundFailedException("a message was sent but not received within " + Round.LIMIT);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new RoundFailedException("interrupted", ex);
			}
		}

		@Override
		public void onMessage(String messageId, byte[] body) {
			this.arrival = System.nanoTime();
			this.arrivals.onMessage(messageId, body);
			this.arrived.release();
		}

		@Override
		public void failed(Throwable failure) {
			this.arrivals.failed(failure);
		}

	}

}
