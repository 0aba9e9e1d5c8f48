package dev.servicebus.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import com.sun.management.ThreadMXBean;

/**
 * How many bytes the threads that are alive have allocated on the heap. What threads have
 * allocated that ended during a round is not in its count, so that clients which start
 * and end threads look a little better than they are.
 */
final class AllocationCounter {

	private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

	long bytes() {
		return Arrays.stream(this.threads.getThreadAllocatedBytes(this.threads.getAllThreadIds()))
			.filter((bytes) -> bytes > 0)
			.sum();
	}

}
