package dev.servicebus.benchmarks.scenario.client;

import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.measure.Measurement;

/**
 * Our single messages, sent without waiting, against Microsoft's batches of 100: whether
 * it takes batches to be fast.
 */
final class SinglesAgainstBatches implements Workload {

	private final Workload singles = new SendPipelined();

	private final Workload batches = new SendBatch();

	@Override
	public String name() {
		return "singles-against-batches";
	}

	@Override
	public int defaultMessages() {
		return this.batches.defaultMessages();
	}

	@Override
	public boolean suits(ContenderKind kind) {
		return this.batches.suits(kind);
	}

	@Override
	public Measurement run(Round round) {
		return ((round.client() == ContenderKind.OURS) ? this.singles : this.batches).run(round);
	}

}
