package dev.servicebus.benchmarks.scenario.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Messages that our client has received and holds. Nothing renews their locks by itself.
 */
final class OwnMessages implements AutoCloseable {

	private static final int BATCH = 500;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ServiceBusClient client;

	private final ServiceBusReceiver receiver;

	private final List<ServiceBusReceivedMessage> messages;

	private OwnMessages(ServiceBusClient client, ServiceBusReceiver receiver,
			List<ServiceBusReceivedMessage> messages) {
		this.client = client;
		this.receiver = receiver;
		this.messages = messages;
	}

	/**
	 * Sends small messages to an empty queue and receives them.
	 */
	static OwnMessages receive(String connectionString, String queue, int count) {
		ServiceBusClient client = ServiceBusClient.builder().connectionString(connectionString).build();
		ServiceBusReceiver receiver = client
			.receiver(ReceiverOptions.queue(queue).withPrefetch(ReceiverOptions.MAX_PREFETCH));
		send(client, queue, count);
		return new OwnMessages(client, receiver, receiveAll(receiver, count));
	}

	/**
	 * Fills a queue.
	 */
	static void send(String connectionString, String queue, int count) {
		try (ServiceBusClient client = ServiceBusClient.builder().connectionString(connectionString).build()) {
			send(client, queue, count);
		}
	}

	private static void send(ServiceBusClient client, String queue, int count) {
		for (int sent = 0; sent < count; sent += BATCH) {
			client.sender(queue)
				.send(Collections.nCopies(Math.min(BATCH, count - sent), ServiceBusMessage.of("locked")));
		}
	}

	private static List<ServiceBusReceivedMessage> receiveAll(ServiceBusReceiver receiver, int count) {
		List<ServiceBusReceivedMessage> messages = new ArrayList<>(count);
		while (messages.size() < count) {
			List<ServiceBusReceivedMessage> some = receiver.receive(Math.min(BATCH, count - messages.size()), PATIENCE);
			if (some.isEmpty()) {
				throw new RoundFailedException("only " + messages.size() + " of " + count + " messages have come");
			}
			messages.addAll(some);
		}
		return messages;
	}

	ServiceBusReceiver receiver() {
		return this.receiver;
	}

	List<ServiceBusReceivedMessage> all() {
		return this.messages;
	}

	@Override
	public void close() {
		this.receiver.close();
		this.client.close();
	}

}
