package dev.servicebus.client.amqp;

import java.util.concurrent.Executor;

import dev.servicebus.amqp.transport.Network;

/**
 * The network and the executors of a client, and whether they end with it.
 */
interface ClientResources extends AutoCloseable {

	Network network();

	/**
	 * Completes the futures that programs hold.
	 */
	Executor executor();

	/**
	 * Obtains tokens: on threads that no program can keep busy, since everything waits
	 * for a token.
	 */
	Executor tokenExecutor();

	/**
	 * Returns whether {@link #close()} ends them.
	 */
	boolean isOwned();

	@Override
	void close();

}
