package dev.servicebus.benchmarks.scenario.client;

import java.util.List;

import dev.servicebus.benchmarks.broker.BrokerKind;
import dev.servicebus.benchmarks.broker.BrokerProcess;
import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Usage;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.Side;
import dev.servicebus.benchmarks.scenario.ceiling.Ceiling;

/**
 * What sending costs our client and our emulator together, against what it costs without
 * anything that could be left out.
 */
final class CeilingScenario implements Scenario {

	@Override
	public String name() {
		return "ceiling";
	}

	/** So many that what the compilers of two processes cost is a small part of it. */
	@Override
	public int defaultMessages() {
		return 250_000;
	}

	@Override
	public Contest open() {
		ClientContest clients = new ClientContest(new BothEnds(), BrokerProcess.start(BrokerKind.EMULATOR));
		return new Contest() {
			@Override
			public List<Side> sides() {
				return List.of(clients.sides().get(0), new Ceiling());
			}

			@Override
			public void close() {
				clients.close();
			}
		};
	}

	/**
	 * Our client sends without waiting; what the emulator does for it counts, too.
	 */
	private static final class BothEnds implements Workload {

		private final Workload sending = new SendPipelined();

		@Override
		public String name() {
			return "ceiling";
		}

		@Override
		public int defaultMessages() {
			return this.sending.defaultMessages();
		}

		@Override
		public boolean suits(ContenderKind kind) {
			return kind == ContenderKind.OURS;
		}

		@Override
		public Measurement run(Round round) {
			round.broker().startMeter();
			Usage client = this.sending.run(round).usage();
			Usage broker = round.broker().usedFor(round.messages());
			return Measurement.of(new Usage(round.messages(), client.wallNanos(), client.cpuNanos() + broker.cpuNanos(),
					client.allocatedBytes() + broker.allocatedBytes(), client.threads() + broker.threads()));
		}

	}

}
