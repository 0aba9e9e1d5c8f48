package dev.servicebus.benchmarks.scenario.emulator;

import java.util.Locale;

import dev.servicebus.benchmarks.broker.BrokerKind;
import dev.servicebus.benchmarks.broker.BrokerProcess;
import dev.servicebus.benchmarks.measure.Latency;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.Side;

/**
 * Each round starts a broker in a fresh virtual machine. Measured inside, from the call
 * that starts the broker until it has answered a client.
 */
final class EmulatorStart implements Scenario {

	@Override
	public String name() {
		return "emulator-start";
	}

	@Override
	public int defaultMessages() {
		return 1;
	}

	@Override
	public Contest open() {
		return Contest.of(BrokerKind.PRODUCTS.stream().<Side>map(Starter::new).toList());
	}

	/**
	 * Starts brokers of one kind.
	 *
	 * @param kind which
	 */
	private record Starter(BrokerKind kind) implements Side {

		@Override
		public String name() {
			return this.kind.name().toLowerCase(Locale.ROOT);
		}

		@Override
		public Measurement run(int messages) {
			try (BrokerProcess broker = BrokerProcess.start(this.kind)) {
				return new Measurement(broker.startUsage(), Latency.of(new long[] { broker.startUsage().wallNanos() }));
			}
		}

	}

}
