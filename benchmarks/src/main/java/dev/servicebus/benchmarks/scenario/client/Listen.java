package dev.servicebus.benchmarks.scenario.client;

import java.util.Set;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;

/**
 * A listener empties a full queue: handlers read id and body, 100 messages are
 * prefetched, and every message is completed when its handler returns. Measured from the
 * start of the listener on a connection that is there, until the broker knows all
 * outcomes.
 *
 * @param name the scenario's name
 * @param concurrency how many handlers there are
 * @param defaultMessages how many messages a round has, if nobody says otherwise
 * @param clients who takes part
 */
record Listen(String name, int concurrency, int defaultMessages, Set<ContenderKind> clients) implements Workload {

	private static final int PREFETCH = 100;

	@Override
	public boolean suits(ContenderKind kind) {
		return this.clients.contains(kind);
	}

	@Override
	public Measurement run(Round round) {
		round.fill();
		Arrivals arrivals = new Arrivals(round.messages());
		Meter meter = Meter.start();
		Contender.Stop listener = round.contender()
			.listen(new Contender.Listening(round.queue(), this.concurrency, PREFETCH), arrivals);
		arrivals.awaitAll();
		round.awaitSettled();
		Usage usage = meter.usedFor(round.messages());
		listener.stop();
		return Measurement.of(usage);
	}

}
