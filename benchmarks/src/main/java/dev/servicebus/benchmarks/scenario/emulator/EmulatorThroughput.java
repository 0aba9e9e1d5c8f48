package dev.servicebus.benchmarks.scenario.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.servicebus.benchmarks.broker.BrokerKind;
import dev.servicebus.benchmarks.broker.BrokerProcess;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.Side;

/**
 * A client that belongs to neither side sends messages of 1 KiB to an empty queue, then
 * receives and accepts them all. What counts is what the broker's process has used up,
 * each broker in a virtual machine of its own.
 */
final class EmulatorThroughput implements Scenario {

	@Override
	public String name() {
		return "emulator-throughput";
	}

	@Override
	public int defaultMessages() {
		return 20_000;
	}

	@Override
	public Contest open() {
		return new Brokers();
	}

	/**
	 * The brokers, each with the same client.
	 */
	private static final class Brokers implements Contest {

		private final List<Side> sides = new ArrayList<>();

		private final List<BrokerProcess> processes = new ArrayList<>();

		Brokers() {
			for (BrokerKind kind : BrokerKind.PRODUCTS) {
				BrokerProcess process = BrokerProcess.start(kind);
				this.processes.add(process);
				this.sides.add(new Throughput(kind.name().toLowerCase(Locale.ROOT), process));
			}
		}

		@Override
		public List<Side> sides() {
			return List.copyOf(this.sides);
		}

		@Override
		public void close() {
			this.processes.forEach(BrokerProcess::close);
		}

	}

	/**
	 * One broker.
	 *
	 * @param name who it is
	 * @param broker its process
	 */
	private record Throughput(String name, BrokerProcess broker) implements Side {

		private static final String QUEUE = "throughput";

		@Override
		public Measurement run(int messages) {
			this.broker.createQueue(QUEUE);
			try (NeutralClient client = NeutralClient.connect(this.broker.port())) {
				this.broker.startMeter();
				client.send(QUEUE, messages);
				requireStored(messages);
				client.receive(QUEUE, messages);
				Measurement measurement = Measurement.of(this.broker.usedFor(messages));
				requireStored(0);
				return measurement;
			}
			finally {
				this.broker.deleteQueue(QUEUE);
			}
		}

		private void requireStored(int expected) {
			int stored = this.broker.messages(QUEUE);
			if (stored != expected) {
				throw new RoundFailedException("the queue should hold " + expected + " messages but holds " + stored);
			}
		}

	}

}
