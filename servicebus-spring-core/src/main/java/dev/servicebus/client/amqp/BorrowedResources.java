package dev.servicebus.client.amqp;

import java.util.concurrent.Executor;

import dev.servicebus.amqp.transport.Network;

/**
 * A network and an executor of somebody else's.
 */
record BorrowedResources(Network network, Executor executor) implements ClientResources {

	@Override
	public Executor tokenExecutor() {
		return this.executor;
	}

	@Override
	public boolean isOwned() {
		return false;
	}

	@Override
	public void close() {
	}

}
