package dev.servicebus.benchmarks.scenario.lock;

import java.util.List;
import java.util.function.IntFunction;

import dev.servicebus.benchmarks.measure.Heap;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.Side;

/**
 * The automatic renewal of many locks is begun, and ended before anything is due: what
 * happens with nearly every message. What is held in between counts, too. Both sides run
 * the class by which they do it and no broker.
 */
final class LockArm implements Scenario {

	@Override
	public String name() {
		return "lock-arm";
	}

	@Override
	public int defaultMessages() {
		return 100_000;
	}

	@Override
	public Contest open() {
		return new Contest() {
			@Override
			public List<Side> sides() {
				return List.of(new Armer("ours", OwnLocks::new, 50), new Armer("microsoft", VendorLocks::new, 1));
			}

			@Override
			public void close() {
			}
		};
	}

	/**
	 * One side.
	 *
	 * @param name who it is
	 * @param locks makes its locks
	 * @param times how often it begins and ends each renewal, so that there is enough to
	 * measure
	 */
	private record Armer(String name, IntFunction<Locks> locks, int times) implements Side {

		@Override
		public Measurement run(int messages) {
			try (Locks held = this.locks.apply(messages)) {
				long before = Heap.retained();
				Meter meter = Meter.start();
				for (int i = 0; i < this.times; i++) {
					held.arm();
					held.cancel();
				}
				Usage usage = meter.usedFor(messages * this.times);
				held.arm();
				double retained = (double) (Heap.retained() - before) / messages;
				held.cancel();
				return new Measurement(usage, null, retained);
			}
		}

	}

}
