package dev.servicebus.benchmarks.scenario;

/**
 * Something that several sides are asked to do.
 */
public interface Scenario {

	/**
	 * How it is named on the command line and in reports.
	 */
	String name();

	/**
	 * How many messages a round has, if nobody says otherwise.
	 */
	int defaultMessages();

	/**
	 * Gets ready what the sides need.
	 */
	Contest open();

}
