package dev.servicebus.benchmarks.measure;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * Measures what the process uses up between two moments.
 */
public final class Meter {

	private static final OperatingSystemMXBean PROCESS = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private final AllocationCounter allocations = new AllocationCounter();

	private final long cpuNanos = PROCESS.getProcessCpuTime();

	private final long nanos = System.nanoTime();

	private Meter() {
	}

	/**
	 * Measures from now on.
	 */
	public static Meter start() {
		return new Meter();
	}

	/**
	 * What was used since the start.
	 * @param messages how many messages it was used for
	 */
	public Usage usedFor(int messages) {
		long wall = System.nanoTime() - this.nanos;
		long cpu = PROCESS.getProcessCpuTime() - this.cpuNanos;
		AllocationCounter.Growth growth = this.allocations.growth();
		return new Usage(messages, wall, cpu, growth.bytes(), growth.threads());
	}

}
