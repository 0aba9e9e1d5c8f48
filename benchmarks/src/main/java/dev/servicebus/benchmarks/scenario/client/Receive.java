package dev.servicebus.benchmarks.scenario.client;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;

/**
 * A receiver without a listener empties a full queue, 100 messages prefetched, each
 * completed on its own. Measured from the start of the receiver on a connection that is
 * there, until the broker knows all outcomes.
 *
 * @param name the scenario's name
 * @param reading what is read of each message
 */
record Receive(String name, Contender.Reading reading) implements Workload {

	private static final int PREFETCH = 100;

	@Override
	public int defaultMessages() {
		return 40_000;
	}

	@Override
	public boolean suits(ContenderKind kind) {
		return ContenderKind.SERVICE_BUS_CLIENTS.contains(kind);
	}

	@Override
	public Measurement run(Round round) {
		round.fill();
		Arrivals arrivals = new Arrivals(round.messages());
		Meter meter = Meter.start();
		Contender.Stop receiver = round.contender()
			.receive(new Contender.Receiving(round.queue(), PREFETCH, this.reading), arrivals);
		arrivals.awaitAll();
		round.awaitSettled();
		Usage usage = meter.usedFor(round.messages());
		receiver.stop();
		return Measurement.of(usage);
	}

}
