package dev.servicebus.benchmarks.scenario;

import java.util.List;

/**
 * The sides of a scenario, ready to begin.
 */
public interface Contest extends AutoCloseable {

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
