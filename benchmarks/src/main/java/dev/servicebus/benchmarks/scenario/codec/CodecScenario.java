package dev.servicebus.benchmarks.scenario.codec;

import java.util.List;
import java.util.function.IntSupplier;

import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.ThreadMeter;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.Side;

/**
 * Two codecs do the same with one message again and again, on one thread.
 *
 * @param name the scenario's name
 * @param ours what this project's codec does; returns a number that depends on the result
 * @param protonJ what proton-j's codec does
 */
record CodecScenario(String name, IntSupplier ours, IntSupplier protonJ) implements Scenario {

	@Override
	public int defaultMessages() {
		return 500_000;
	}

	@Override
	public Contest open() {
		return Contest.of(List.of(new Coder("ours", this.ours), new Coder("proton-j", this.protonJ)));
	}

	/**
	 * One of the codecs.
	 *
	 * @param name whose it is
	 * @param work what it does with one message
	 */
	private record Coder(String name, IntSupplier work) implements Side {

		@Override
		public Measurement run(int messages) {
			int expected = this.work.getAsInt();
			long sum = 0;
			ThreadMeter meter = ThreadMeter.start();
			for (int number = 0; number < messages; number++) {
				sum += this.work.getAsInt();
			}
			Measurement measurement = Measurement.of(meter.usedFor(messages));
			if (sum != (long) expected * messages) {
				throw new RoundFailedException("not every result was the same");
			}
			return measurement;
		}

	}

}
