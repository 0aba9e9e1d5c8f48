package dev.servicebus.client.admin.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.admin.AdministrationClient;
import dev.servicebus.client.admin.EntityOperations;
import dev.servicebus.client.admin.MessagingEntityOperations;
import dev.servicebus.client.admin.NamespaceProperties;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.QueueRuntimeProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.SubscriptionRuntimeProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.admin.TopicRuntimeProperties;
import dev.servicebus.client.rule.RuleProperties;

/**
 * Administers a namespace over its management feed. The credential needs the right to
 * manage.
 *
 * <p>
 * Thread-safe; one client is enough for a program. Close it when it is not needed any
 * more: calls that are under way fail then, as do all later ones.
 *
 * <pre>{@code
 * try (ServiceBusAdministrationClient admin = ServiceBusAdministrationClient.builder()
 *         .connectionString(text).build()) {
 *     admin.queues().create(QueueProperties.of("orders"));
 * }
 * }</pre>
 */
public final class ServiceBusAdministrationClient implements AdministrationClient, AutoCloseable {

	private final AdministrationClient administration;

	private final Runnable end;

	ServiceBusAdministrationClient(AdministrationClient administration, Runnable end) {
		this.administration = administration;
		this.end = end;
	}

	/**
	 * Begins with the defaults.
	 */
	public static ServiceBusAdministrationClientBuilder builder() {
		return new ServiceBusAdministrationClientBuilder();
	}

	@Override
	public MessagingEntityOperations<QueueProperties, QueueRuntimeProperties> queues() {
		return this.administration.queues();
	}

	@Override
	public MessagingEntityOperations<TopicProperties, TopicRuntimeProperties> topics() {
		return this.administration.topics();
	}

	@Override
	public MessagingEntityOperations<SubscriptionProperties, SubscriptionRuntimeProperties> subscriptions(
			String topic) {
		return this.administration.subscriptions(topic);
	}

	@Override
	public EntityOperations<RuleProperties> rules(String topic, String subscription) {
		return this.administration.rules(topic, subscription);
	}

	@Override
	public NamespaceProperties namespaceProperties() {
		return this.administration.namespaceProperties();
	}

	@Override
	public CompletableFuture<NamespaceProperties> namespacePropertiesAsync() {
		return this.administration.namespacePropertiesAsync();
	}

	@Override
	public AdministrationClient withTimeout(Duration timeout) {
		return this.administration.withTimeout(timeout);
	}

	/**
	 * Ends the calls under way. Harmless when repeated. An HTTP client of one's own stays
	 * open.
	 */
	@Override
	public void close() {
		this.end.run();
	}

}
