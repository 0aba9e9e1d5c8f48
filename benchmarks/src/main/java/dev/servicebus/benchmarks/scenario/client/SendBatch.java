package dev.servicebus.benchmarks.scenario.client;

import java.util.List;
import java.util.stream.IntStream;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.contender.Sample;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;

/**
 * Batches of 100 messages, one after the other. Only clients of Service Bus know batches.
 */
final class SendBatch implements Workload {

	@Override
	public String name() {
		return "send-batch";
	}

	@Override
	public int defaultMessages() {
		return 20_000;
	}

	@Override
	public boolean suits(ContenderKind kind) {
		return ContenderKind.SERVICE_BUS_CLIENTS.contains(kind);
	}

	@Override
	public Measurement run(Round round) {
		Contender.Sender sender = round.contender().sender(round.queue());
		sender.sendBatch(List.of(new Sample(0)));
		Meter meter = Meter.start();
		for (int from = 0; from < round.messages(); from += Round.BATCH) {
			int to = Math.min(round.messages(), from + Round.BATCH);
			sender.sendBatch(IntStream.range(from, to).mapToObj(Sample::new).toList());
		}
		Usage usage = meter.usedFor(round.messages());
		round.requireStored(round.messages() + 1);
		return Measurement.of(usage);
	}

}
