package dev.servicebus.benchmarks.scenario.client;

import java.util.Set;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.measure.Measurement;

/**
 * Our listener with one handler against a program that asks Qpid JMS for one message
 * after another: whether a container costs more than a loop written by hand.
 */
final class ListenerAgainstReceive implements Workload {

	private final Workload listener = new Listen(name(), 1, defaultMessages(), Set.of(ContenderKind.OURS));

	private final Workload receiver = new Receive(name(), Contender.Reading.EVERYTHING);

	@Override
	public String name() {
		return "listener-against-receive";
	}

	@Override
	public int defaultMessages() {
		return 40_000;
	}

	@Override
	public boolean suits(ContenderKind kind) {
		return kind == ContenderKind.OURS || kind == ContenderKind.QPID_JMS;
	}

	@Override
	public Measurement run(Round round) {
		return ((round.client() == ContenderKind.OURS) ? this.listener : this.receiver).run(round);
	}

}
