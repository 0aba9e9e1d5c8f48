package dev.servicebus.client.twin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusRuleManagerClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.ServiceBusSessionReceiverClient;

/**
 * Clients of Microsoft's SDK on one connection.
 */
final class TheirClients implements AutoCloseable {

	private static final Duration WAIT = Duration.ofSeconds(10);

	private final ServiceBusClientBuilder builder;

	private final List<AutoCloseable> clients = new ArrayList<>();

	TheirClients(String connectionString) {
		this.builder = new ServiceBusClientBuilder().connectionString(connectionString)
			.retryOptions(new AmqpRetryOptions().setMaxRetries(1));
	}

	ServiceBusSenderClient sender(String queue) {
		return closeLater(this.builder.sender().queueName(queue).buildClient());
	}

	ServiceBusSenderClient topicSender() {
		return closeLater(this.builder.sender().topicName(TwinOperation.TOPIC).buildClient());
	}

	ServiceBusReceiverClient receiver() {
		return closeLater(receiverBuilder().queueName(TwinOperation.QUEUE).buildClient());
	}

	ServiceBusClientBuilder.ServiceBusReceiverClientBuilder receiverBuilder() {
		return this.builder.receiver().disableAutoComplete().maxAutoLockRenewDuration(Duration.ZERO);
	}

	ServiceBusSessionReceiverClient sessions() {
		return closeLater(this.builder.sessionReceiver()
			.disableAutoComplete()
			.maxAutoLockRenewDuration(Duration.ZERO)
			.queueName(TwinOperation.SESSIONS)
			.buildClient());
	}

	ServiceBusRuleManagerClient rules() {
		return closeLater(this.builder.ruleManager()
			.topicName(TwinOperation.TOPIC)
			.subscriptionName(TwinOperation.SUBSCRIPTION)
			.buildClient());
	}

	ServiceBusReceivedMessage receiveOne(ServiceBusReceiverClient receiver) {
		return receiver.receiveMessages(1, WAIT).stream().findFirst().orElseThrow();
	}

	<T extends AutoCloseable> T closeLater(T client) {
		this.clients.add(client);
		return client;
	}

	@Override
	public void close() throws Exception {
		Collections.reverse(this.clients);
		for (AutoCloseable client : this.clients) {
			client.close();
		}
	}

}
