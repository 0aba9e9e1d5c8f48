package dev.servicebus.client.amqp;

import java.util.concurrent.Executor;

import dev.servicebus.amqp.transport.Network;

/**
 * The network and the executor of a client, and whether they end with it.
 */
interface ClientResources extends AutoCloseable {

	Network network();

	/**
	 * Completes the futures that programs hold, and obtains tokens.
	 */
	Executor executor();

	/**
	 * Returns whether {@link #close()} ends them.
	 */
	boolean isOwned();

	@Override
	void close();

}
