package dev.servicebus.benchmarks.measure;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/**
 * Measures what the current thread uses up between two moments, for work that needs no
 * other: compilers and collectors in the background are not in it.
 */
public final class ThreadMeter {

	private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

	private final long allocated = THREADS.getCurrentThreadAllocatedBytes();

	private final long cpuNanos = THREADS.getCurrentThreadCpuTime();

	private final long nanos = System.nanoTime();

	private ThreadMeter() {
	}

	/**
	 * Measures from now on.
	 */
	public static ThreadMeter start() {
		return new ThreadMeter();
	}

	/**
	 * What was used since the start.
	 * @param messages how many messages it was used for
	 */
	public Usage usedFor(int messages) {
		long wall = System.nanoTime() - this.nanos;
		long cpu = THREADS.getCurrentThreadCpuTime() - this.cpuNanos;
		return new Usage(messages, wall, cpu, THREADS.getCurrentThreadAllocatedBytes() - this.allocated, 1);
	}

}
