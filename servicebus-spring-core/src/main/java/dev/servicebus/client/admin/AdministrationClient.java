package dev.servicebus.client.admin;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.rule.RuleProperties;

/**
 * Administers the entities of one namespace. What it hands out is cheap and need not be
 * kept.
 *
 * <p>
 * Thread-safe. No method but {@link #namespaceProperties()} blocks.
 */
public interface AdministrationClient {

	/**
	 * The queues of the namespace.
	 */
	MessagingEntityOperations<QueueProperties, QueueRuntimeProperties> queues();

	/**
	 * The topics of the namespace.
	 */
	MessagingEntityOperations<TopicProperties, TopicRuntimeProperties> topics();

	/**
	 * The subscriptions of a topic.
	 */
	MessagingEntityOperations<SubscriptionProperties, SubscriptionRuntimeProperties> subscriptions(String topic);

	/**
	 * The rules of a subscription.
	 */
	EntityOperations<RuleProperties> rules(String topic, String subscription);

	/**
	 * Reads what the namespace is.
	 */
	NamespaceProperties namespaceProperties();

	CompletableFuture<NamespaceProperties> namespacePropertiesAsync();

	/**
	 * The same client with another time limit for each operation, all its attempts
	 * included.
	 */
	AdministrationClient withTimeout(Duration timeout);

}
