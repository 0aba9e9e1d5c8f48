package dev.servicebus.benchmarks.scenario;

import java.util.List;

/**
 * The sides of a scenario, ready to begin.
 */
public interface Contest extends AutoCloseable {

	/**
	 * A contest of sides that need nothing that outlives a round.
	 */
	static Contest of(List<Side> sides) {
		return new Contest() {
			@Override
			public List<Side> sides() {
				return sides;
			}

			@Override
			public void close() {
			}
		};
	}

	/**
	 * Who takes part, this project's side first.
	 */
	List<Side> sides();

	/**
	 * Ends what was opened for the sides.
	 */
	@Override
	void close();

}
