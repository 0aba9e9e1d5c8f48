package dev.servicebus.benchmarks;

import java.time.Duration;

/**
 * How much a comparison does. Immutable.
 *
 * @param warmUp how long each side runs before its rounds count, at least one round; the
 * same time rather than the same work, because a compiler in the background needs time,
 * and the faster side would get less of it
 * @param rounds how many rounds of each side count
 * @param messages how many messages a round has
 */
record Effort(Duration warmUp, int rounds, int messages) {

	/** After this the rates of all sides change little any more. */
	static final Duration DEFAULT_WARM_UP = Duration.ofSeconds(6);

}
