package dev.servicebus.benchmarks.scenario.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.amqp.ServiceBusClient;

/**
 * Our client, with one connection.
 */
final class OwnSessions implements SessionClient {

	private final ServiceBusClient client;

	private final ReceiverOptions options;

	OwnSessions(String connectionString, String queue) {
		this.client = ServiceBusClient.builder().connectionString(connectionString).build();
		this.options = ReceiverOptions.queue(queue).withMaxLockRenewal(Duration.ofMinutes(5));
	}

	@Override
	public CompletableFuture<?> accept(String sessionId) {
		return this.client.acceptSessionAsync(this.options, sessionId);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
