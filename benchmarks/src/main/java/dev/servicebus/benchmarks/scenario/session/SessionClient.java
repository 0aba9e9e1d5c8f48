package dev.servicebus.benchmarks.scenario.session;

import java.util.concurrent.CompletableFuture;

/**
 * A client that accepts sessions of one queue and holds them until it is closed.
 */
interface SessionClient extends AutoCloseable {

	/**
	 * Accepts a session.
	 * @return completes with its receiver
	 */
	CompletableFuture<?> accept(String sessionId);

	@Override
	void close();

}
