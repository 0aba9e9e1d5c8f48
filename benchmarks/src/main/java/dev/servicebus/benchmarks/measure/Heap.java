package dev.servicebus.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/**
 * Tells how much of the heap is in use.
 */
public final class Heap {

	private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

	/** What is only weakly reachable takes more than one collection to go. */
	private static final int COLLECTIONS = 3;

	private Heap() {
	}

	/**
	 * Collects all garbage and tells how many bytes are left.
	 */
	public static long retained() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		return MEMORY.getHeapMemoryUsage().getUsed();
	}

}
