package dev.servicebus.benchmarks.scenario;

import java.util.function.UnaryOperator;

import dev.servicebus.benchmarks.broker.BrokerKind;
import dev.servicebus.benchmarks.broker.BrokerProcess;
import dev.servicebus.benchmarks.contender.Endpoint;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.http.ServiceBusAdministrationClient;
import dev.servicebus.emulator.auth.AccessControl;

/**
 * An emulator in a Java virtual machine of its own, with queues that are not like all
 * others. Not thread-safe.
 */
public final class Namespace implements AutoCloseable {

	private final BrokerProcess broker = BrokerProcess.start(BrokerKind.EMULATOR);

	private final ServiceBusAdministrationClient administration = ServiceBusAdministrationClient.builder()
		.connectionString(connectionString())
		.build();

	private int queues;

	public String connectionString() {
		return new Endpoint(this.broker.port(), AccessControl.DEFAULT_RULE_NAME, AccessControl.DEFAULT_KEY)
			.connectionString();
	}

	/**
	 * Creates an empty queue.
	 * @param settings what is special about it
	 * @return its name
	 */
	public String createQueue(UnaryOperator<QueueProperties.Builder> settings) {
		String name = "queue-" + this.queues++;
		this.administration.queues().create(settings.apply(QueueProperties.builder(name)).build());
		return name;
	}

	/**
	 * Deletes a queue with what is in it.
	 */
	public void deleteQueue(String name) {
		this.broker.deleteQueue(name);
	}

	@Override
	public void close() {
		this.administration.close();
		this.broker.close();
	}

}
