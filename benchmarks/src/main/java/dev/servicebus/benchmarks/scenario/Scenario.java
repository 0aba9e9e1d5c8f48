package dev.servicebus.benchmarks.scenario;

import java.util.List;

import dev.servicebus.benchmarks.measure.Measurement;

/**
 * Something that every contender is asked to do. Stateless.
 */
public interface Scenario {

	/**
	 * Every scenario, in the order in which they are run.
	 */
	List<Scenario> ALL = List.of(new SendPipelined(), new Listener8(), new PingPong());

	/**
	 * How it is named on the command line and in reports.
	 */
	String name();

	/**
	 * How many messages a round has, if nobody says otherwise.
	 */
	int defaultMessages();

	/**
	 * Runs one round and checks that all of it was done.
	 * @throws RoundFailedException if it was not
	 */
	Measurement run(Round round);

}
