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
import com.azure.messaging.servicebus.ServiceBusSessionReceiverClient;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import com.azure.messaging.servicebus.models.SubQueue;
import dev.servicebus.emulator.EntityView;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.SubscriptionView;
import dev.servicebus.emulator.TopicView;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.rule.RuleDefinition;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An emulator on real sockets with clients of Microsoft's SDK, which share a connection.
 * Registered as a static extension it ends with the tests of its class.
 */
final class SdkNamespace implements AutoCloseable, AfterAllCallback {

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

	private final AtomicInteger entities = new AtomicInteger();

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
		return this.emulator.createQueue("Queue." + this.entities.incrementAndGet(), options);
	}

	TopicView newTopic() {
		return newTopic(EntityOptions.DEFAULTS);
	}

	TopicView newTopic(EntityOptions options) {
		return this.emulator.createTopic("Topic." + this.entities.incrementAndGet(), options);
	}

	SubscriptionView newSubscription(TopicView topic, RuleDefinition... rules) {
		return newSubscription(topic, EntityOptions.DEFAULTS, rules);
	}

	SubscriptionView newSubscription(TopicView topic, EntityOptions options, RuleDefinition... rules) {
		return this.emulator.createSubscription(topic.path(), "Sub." + this.entities.incrementAndGet(), options, rules);
	}

	ServiceBusSenderClient sender(QueueView queue) {
		return closeLater(this.builder.sender().queueName(queue.path()).buildClient());
	}

	ServiceBusSenderClient sender(TopicView topic) {
		return closeLater(this.builder.sender().topicName(topic.path()).buildClient());
	}

	void send(QueueView queue, String... bodies) {
		send(sender(queue), bodies);
	}

	void send(TopicView topic, String... bodies) {
		send(sender(topic), bodies);
	}

	private static void send(ServiceBusSenderClient sender, String... bodies) {
		for (String body : bodies) {
			sender.sendMessage(new ServiceBusMessage(body));
		}
	}

	ServiceBusReceiverClient receiver(EntityView entity) {
		return closeLater(receiverBuilder(entity).buildClient());
	}

	ServiceBusReceiverClient receiver(EntityView entity, ServiceBusReceiveMode mode) {
		return closeLater(receiverBuilder(entity).receiveMode(mode).buildClient());
	}

	ServiceBusReceiverClient deadLetterReceiver(EntityView entity) {
		return closeLater(receiverBuilder(entity).subQueue(SubQueue.DEAD_LETTER_QUEUE).buildClient());
	}

	ServiceBusClientBuilder.ServiceBusReceiverClientBuilder receiverBuilder(EntityView entity) {
		ServiceBusClientBuilder.ServiceBusReceiverClientBuilder receiver = this.builder.receiver()
			.disableAutoComplete();
		return (entity instanceof SubscriptionView subscription)
				? receiver.topicName(subscription.topic()).subscriptionName(subscription.name())
				: receiver.queueName(entity.path());
	}

	ServiceBusSessionReceiverClient sessions(EntityView entity) {
		return closeLater(sessions(this.builder, entity));
	}

	static ServiceBusSessionReceiverClient sessions(ServiceBusClientBuilder builder, EntityView entity) {
		ServiceBusClientBuilder.ServiceBusSessionReceiverClientBuilder receiver = builder.sessionReceiver()
			.disableAutoComplete();
		return ((entity instanceof SubscriptionView subscription)
				? receiver.topicName(subscription.topic()).subscriptionName(subscription.name())
				: receiver.queueName(entity.path()))
			.buildClient();
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
	public void afterAll(ExtensionContext context) throws Exception {
		close();
	}

	@Override
	public void close() throws Exception {
		for (AutoCloseable client : this.clients) {
			client.close();
		}
		this.emulator.close();
	}

}
