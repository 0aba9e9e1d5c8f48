package dev.servicebus.benchmarks;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

import dev.servicebus.benchmarks.measure.Latency;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * The medians of all rounds of one side. Immutable.
 *
 * @param rate messages per second
 * @param cpuNanos processor time per message
 * @param bytes memory allocated per message
 * @param threads threads that have worked
 * @param latency latencies, {@code null} if the scenario is not about them
 * @param retainedBytes memory that is held for each message, {@code null} if the scenario
 * is not about that
 */
record Summary(double rate, double cpuNanos, double bytes, double threads, @Nullable Latency latency,
		@Nullable Double retainedBytes) {

	static Summary of(List<Measurement> rounds) {
		return new Summary(median(rounds, (round) -> round.usage().rate()),
				median(rounds, (round) -> round.usage().cpuNanosPerMessage()),
				median(rounds, (round) -> round.usage().bytesPerMessage()),
				median(rounds, (round) -> round.usage().threads()), latency(rounds), retained(rounds));
	}

	private static @Nullable Latency latency(List<Measurement> rounds) {
		List<Latency> latencies = rounds.stream().map(Measurement::latency).filter(Objects::nonNull).toList();
		if (latencies.isEmpty()) {
			return null;
		}
		return new Latency(median(latencies, Latency::medianNanos), median(latencies, Latency::p99Nanos),
				median(latencies, Latency::p999Nanos));
	}

	private static @Nullable Double retained(List<Measurement> rounds) {
		List<Double> retained = rounds.stream().map(Measurement::retainedBytes).filter(Objects::nonNull).toList();
		return retained.isEmpty() ? null : median(retained, Double::doubleValue);
	}

	private static <T> double median(List<T> rounds, ToDoubleFunction<T> value) {
		return Statistics.median(rounds.stream().mapToDouble(value).toArray());
	}

}
