package dev.servicebus.benchmarks.scenario.lock;

/**
 * A number of locks, the automatic renewal of which is begun and ended.
 */
interface Locks extends AutoCloseable {

	/**
	 * Begins to renew each of them, long before that is due.
	 */
	void arm();

	/**
	 * Ends all renewals.
	 */
	void cancel();

	@Override
	void close();

}
