package dev.servicebus.benchmarks.measure;

/**
 * How long the messages of a round have taken. Immutable.
 *
 * @param medianNanos half of them were faster
 * @param p99Nanos one of a hundred was slower
 * @param p999Nanos one of a thousand was slower
 */
public record Latency(double medianNanos, double p99Nanos, double p999Nanos) {

	/**
	 * Summarizes single latencies.
	 */
	public static Latency of(long[] nanos) {
		return new Latency(Statistics.percentile(nanos, 50), Statistics.percentile(nanos, 99),
				Statistics.percentile(nanos, 99.9));
	}

}
