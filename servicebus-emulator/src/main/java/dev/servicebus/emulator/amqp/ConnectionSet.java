package dev.servicebus.emulator.amqp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.endpoint.AmqpConnection;

/**
 * The open connections of a broker.
 */
final class ConnectionSet {

	private final Set<AmqpConnection> connections = new LinkedHashSet<>();

	private final CompletableFuture<Void> emptied = new CompletableFuture<>();

	private boolean closing;

	void add(AmqpConnection connection) {
		this.connections.add(connection);
	}

	void remove(AmqpConnection connection) {
		this.connections.remove(connection);
		if (this.closing && this.connections.isEmpty()) {
			this.emptied.complete(null);
		}
	}

	int size() {
		return this.connections.size();
	}

	/**
	 * Closes all connections with an error.
	 * @return completes when none is left
	 */
	CompletableFuture<Void> close(AmqpError error) {
		this.closing = true;
		if (this.connections.isEmpty()) {
			this.emptied.complete(null);
		}
		List.copyOf(this.connections).forEach((connection) -> connection.close(error));
		return this.emptied;
	}

}
