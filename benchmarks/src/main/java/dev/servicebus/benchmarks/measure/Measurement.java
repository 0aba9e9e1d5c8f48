package dev.servicebus.benchmarks.measure;

import org.jspecify.annotations.Nullable;

/**
 * The result of one round of one side. Immutable.
 *
 * @param usage what it has used up
 * @param latency how long single messages have taken, {@code null} if that is not what
 * the scenario is about
 * @param retainedBytes heap that was held for each message while the round lasted,
 * {@code null} if that is not what the scenario is about
 */
public record Measurement(Usage usage, @Nullable Latency latency, @Nullable Double retainedBytes) {

	public Measurement(Usage usage, @Nullable Latency latency) {
		this(usage, latency, null);
	}

	public static Measurement of(Usage usage) {
		return new Measurement(usage, null, null);
	}

}
