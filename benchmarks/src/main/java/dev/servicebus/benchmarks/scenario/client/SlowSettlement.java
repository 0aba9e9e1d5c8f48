package dev.servicebus.benchmarks.scenario.client;

import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.measure.Measurement;

/**
 * A listener empties a full queue of a broker that confirms each settlement after 10 ms:
 * whether a handler's thread waits for that.
 */
final class SlowSettlement implements Workload {

	/** The peer is so much slower that its rounds would last for minutes. */
	private static final int PEERS_SHARE = 50;

	private final Workload listener;

	SlowSettlement(int concurrency) {
		this.listener = new Listen("listener-slow-settlement-" + concurrency, concurrency, 20_000,
				ContenderKind.SERVICE_BUS_CLIENTS);
	}

	@Override
	public String name() {
		return this.listener.name();
	}

	@Override
	public int defaultMessages() {
		return this.listener.defaultMessages();
	}

	@Override
	public boolean suits(ContenderKind kind) {
		return this.listener.suits(kind);
	}

	@Override
	public Measurement run(Round round) {
		boolean ours = round.client() == ContenderKind.OURS;
		return this.listener.run(ours ? round : round.withMessages(Math.max(1, round.messages() / PEERS_SHARE)));
	}

}
