package dev.servicebus.benchmarks.scenario.client;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;

/**
 * A listener empties a full queue: eight handlers, which read id and body, 100 messages
 * prefetched, every message completed when its handler returns. Measured from the start
 * of the listener on a connection that is there, until the broker knows all outcomes.
 */
final class Listener8 implements Workload {

	private static final int CONCURRENCY = 8;

	private static final int PREFETCH = 100;

	@Override
	public String name() {
		return "listener-8";
	}

	@Override
	public int defaultMessages() {
		return 40_000;
	}

	@Override
	public Measurement run(Round round) {
		round.fill();
		Arrivals arrivals = new Arrivals(round.messages());
		Meter meter = Meter.start();
		Contender.Stop listener = round.contender()
			.listen(new Contender.Listening(round.queue(), CONCURRENCY, PREFETCH), arrivals);
		arrivals.awaitAll();
		round.awaitSettled();
		Usage usage = meter.usedFor(round.messages());
		listener.stop();
		return Measurement.of(usage);
	}

}
