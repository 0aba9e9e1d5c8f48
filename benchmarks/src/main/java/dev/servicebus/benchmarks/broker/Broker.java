package dev.servicebus.benchmarks.broker;

/**
 * What clients work on, and who tells what they have really done. Not thread-safe.
 */
public interface Broker extends AutoCloseable {

	/**
	 * The port of this machine on which it speaks AMQP.
	 */
	int port();

	/**
	 * Creates an empty queue.
	 */
	void createQueue(String queue);

	/**
	 * Deletes a queue with its messages.
	 */
	void deleteQueue(String queue);

	/**
	 * How many messages a queue holds, dead letters included.
	 */
	int messages(String queue);

	@Override
	void close();

}
