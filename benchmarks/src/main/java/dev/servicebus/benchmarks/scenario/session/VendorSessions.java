package dev.servicebus.benchmarks.scenario.session;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.ServiceBusSessionReceiverAsyncClient;

/**
 * Microsoft's client, with one connection. It renews the locks by itself, too.
 */
final class VendorSessions implements SessionClient {

	private final Queue<ServiceBusReceiverAsyncClient> accepted = new ConcurrentLinkedQueue<>();

	private final ServiceBusSessionReceiverAsyncClient client;

	VendorSessions(String connectionString, String queue) {
		this.client = new ServiceBusClientBuilder().connectionString(connectionString)
			.sessionReceiver()
			.queueName(queue)
			.buildAsyncClient();
	}

	@Override
	public CompletableFuture<?> accept(String sessionId) {
		return this.client.acceptSession(sessionId).doOnNext(this.accepted::add).toFuture();
	}

	@Override
	public void close() {
		this.accepted.forEach(ServiceBusReceiverAsyncClient::close);
		this.client.close();
	}

}
