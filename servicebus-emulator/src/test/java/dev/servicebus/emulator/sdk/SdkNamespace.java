package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import com.azure.messaging.servicebus.models.SubQueue;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;

/**
 * An emulator on real sockets with clients of Microsoft's SDK, which share a connection.
 */
final class SdkNamespace implements AutoCloseable {

	static final Duration WAIT = Duration.ofSeconds(5);

	/** How long to wait for a message that is not expected. */
	static final Duration MOMENT = Duration.ofMillis(300);

	private static final AmqpRetryOptions FAIL_FAST = new AmqpRetryOptions().setMaxRetries(1)
		.setDelay(Duration.ofMillis(20))
		.setMaxDelay(Duration.ofMillis(50))
		.setTryTimeout(Duration.ofSeconds(5));

	final ServiceBusEmulator emulator = ServiceBusEmulator.builder().build().start();

	private final ServiceBusClientBuilder builder = builder(this.emulator.connectionString());

	private final List<AutoCloseable> clients = new ArrayList<>();

	private final AtomicInteger queues = new AtomicInteger();

	static ServiceBusClientBuilder builder(String connectionString) {
		return new ServiceBusClientBuilder().connectionString(connectionString).retryOptions(FAIL_FAST);
	}

	/**
	 * Builds clients on the shared connection.
	 */
	ServiceBusClientBuilder builder() {
		return this.builder;
	}

	QueueView newQueue() {
		return newQueue(EntityOptions.DEFAULTS);
	}

	QueueView newQueue(EntityOptions options) {
		return this.emulator.createQueue("Queue." + this.queues.incrementAndGet(), options);
	}

	ServiceBusSenderClient sender(QueueView queue) {
		return closeLater(this.builder.sender().queueName(queue.path()).buildClient());
	}

	void send(QueueView queue, String... bodies) {
		ServiceBusSenderClient sender = sender(queue);
		for (String body : bodies) {
			sender.sendMessage(new ServiceBusMessage(body));
		}
	}

	ServiceBusReceiverClient receiver(QueueView queue) {
		return closeLater(receiverBuilder(queue).buildClient());
	}

	ServiceBusReceiverClient receiver(QueueView queue, ServiceBusReceiveMode mode) {
		return closeLater(receiverBuilder(queue).receiveMode(mode).buildClient());
	}

	ServiceBusReceiverClient deadLetterReceiver(QueueView queue) {
		return closeLater(receiverBuilder(queue).subQueue(SubQueue.DEAD_LETTER_QUEUE).buildClient());
	}

	ServiceBusClientBuilder.ServiceBusReceiverClientBuilder receiverBuilder(QueueView queue) {
		return this.builder.receiver().queueName(queue.path()).disableAutoComplete();
	}

	/**
	 * Receives exactly one message.
	 */
	static ServiceBusReceivedMessage receiveOne(ServiceBusReceiverClient receiver) {
		return receiver.receiveMessages(1, WAIT)
			.stream()
			.findFirst()
			.orElseThrow(() -> new AssertionError("No message within " + WAIT));
	}

	<T extends AutoCloseable> T closeLater(T client) {
		this.clients.add(client);
		return client;
	}

	@Override
	public void close() throws Exception {
		for (AutoCloseable client : this.clients) {
			client.close();
		}
		this.emulator.close();
	}

}
