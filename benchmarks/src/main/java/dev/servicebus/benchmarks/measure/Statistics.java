package dev.servicebus.benchmarks.measure;

import java.util.Arrays;

/**
 * Summaries of samples, which may come in any order and are left as they are.
 */
public final class Statistics {

	private Statistics() {
	}

	/**
	 * The sample in the middle, or the mean of the two in the middle.
	 */
	public static double median(double[] samples) {
		double[] sorted = samples.clone();
		Arrays.sort(sorted);
		int middle = requireSamples(sorted.length) / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/**
	 * The smallest sample that is not exceeded by {@code percent} percent of all (the
	 * nearest rank).
	 */
	public static long percentile(long[] samples, double percent) {
		if (!(percent > 0 && percent <= 100)) {
			throw new IllegalArgumentException("percent must be above 0 and at most 100 but is " + percent);
		}
		long[] sorted = samples.clone();
		Arrays.sort(sorted);
		int rank = (int) Math.ceil(requireSamples(sorted.length) * percent / 100);
		return sorted[rank - 1];
	}

	private static int requireSamples(int count) {
		if (count == 0) {
			throw new IllegalArgumentException("there are no samples");
		}
		return count;
	}

}
