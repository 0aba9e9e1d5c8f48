package dev.servicebus.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.ThreadMXBean;

/**
 * Counts, from its creation on, the bytes that threads allocate on the heap. A thread
 * that has ended before the count is read is not in it, so that clients which start and
 * end threads all the time look a little better than they are.
 */
final class AllocationCounter {

	private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

	private final Map<Long, Long> before = current();

	/**
	 * What was allocated so far.
	 */
	Growth growth() {
		long bytes = 0;
		int threads = 0;
		for (Map.Entry<Long, Long> thread : current().entrySet()) {
			long growth = thread.getValue() - this.before.getOrDefault(thread.getKey(), 0L);
			bytes += growth;
			threads += (growth > 0) ? 1 : 0;
		}
		return new Growth(bytes, threads);
	}

	private static Map<Long, Long> current() {
		long[] ids = THREADS.getAllThreadIds();
		long[] bytes = THREADS.getThreadAllocatedBytes(ids);
		Map<Long, Long> allocated = new HashMap<>();
		for (int i = 0; i < ids.length; i++) {
			if (bytes[i] >= 0) {
				allocated.put(ids[i], bytes[i]);
			}
		}
		return allocated;
	}

	/**
	 * What was allocated.
	 *
	 * @param bytes how much
	 * @param threads by how many threads: all that have worked, since nothing in Java is
	 * done for long without allocating
	 */
	record Growth(long bytes, int threads) {

	}

}
