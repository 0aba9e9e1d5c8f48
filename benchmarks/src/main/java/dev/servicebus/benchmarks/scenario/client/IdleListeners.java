package dev.servicebus.benchmarks.scenario.client;

import java.lang.management.ManagementFactory;

import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.measure.Heap;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;

/**
 * Listeners on one connection that have nothing to do: what each of them keeps in memory,
 * and how many threads there are more than with one listener. Each has handled a message
 * before, so that it is known to work.
 */
final class IdleListeners implements Workload {

	@Override
	public String name() {
		return "idle-listeners";
	}

	@Override
	public int defaultMessages() {
		return 200;
	}

	@Override
	public boolean suits(ContenderKind kind) {
		return ContenderKind.SERVICE_BUS_CLIENTS.contains(kind);
	}

	@Override
	public Measurement run(Round round) {
		int count = round.messages();
		Failures failures = new Failures();
		try (ManyListeners listeners = new ManyListeners(round, count + 1, failures)) {
			listeners.endSending();
			listeners.start();
			long heap = Heap.retained();
			int threads = threads();
			Meter meter = Meter.start();
			for (int i = 0; i < count; i++) {
				listeners.start();
			}
			Usage used = meter.usedFor(count);
			double retained = (double) (Heap.retained() - heap) / count;
			failures.requireNone();
			return new Measurement(new Usage(count, used.wallNanos(), used.cpuNanos(), used.allocatedBytes(),
					Math.max(0, threads() - threads)), null, retained);
		}
	}

	private static int threads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

}
