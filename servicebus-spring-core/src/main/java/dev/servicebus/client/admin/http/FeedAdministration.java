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
import dev.servicebus.client.admin.atom.Descriptions;
import dev.servicebus.client.rule.RuleProperties;

/**
 * Administration with one time limit. Immutable.
 *
 * @param calls makes the calls
 * @param limit the time limit of an operation
 */
record FeedAdministration(Calls calls, Duration limit) implements AdministrationClient {

	FeedAdministration {
		if (limit.isNegative() || limit.isZero()) {
			throw new IllegalArgumentException("timeout must be positive but is " + limit);
		}
	}

	@Override
	public MessagingEntityOperations<QueueProperties, QueueRuntimeProperties> queues() {
		return new FeedMessagingEntities<>(this.calls, EntityKind.queues(), this.limit, Descriptions.queueRuntime());
	}

	@Override
	public MessagingEntityOperations<TopicProperties, TopicRuntimeProperties> topics() {
		return new FeedMessagingEntities<>(this.calls, EntityKind.topics(), this.limit, Descriptions.topicRuntime());
	}

	@Override
	public MessagingEntityOperations<SubscriptionProperties, SubscriptionRuntimeProperties> subscriptions(
			String topic) {
		return new FeedMessagingEntities<>(this.calls, EntityKind.subscriptions(topic), this.limit,
				Descriptions.subscriptionRuntime());
	}

	@Override
	public EntityOperations<RuleProperties> rules(String topic, String subscription) {
		return new FeedEntities<>(this.calls, EntityKind.rules(topic, subscription), this.limit);
	}

	@Override
	public NamespaceProperties namespaceProperties() {
		FeedRequest request = namespaceRequest();
		return this.calls.await(request, this.limit,
				(response) -> FeedEntities.read(request, response, Descriptions.namespace()));
	}

	@Override
	public CompletableFuture<NamespaceProperties> namespacePropertiesAsync() {
		FeedRequest request = namespaceRequest();
		return this.calls.async(request, this.limit,
				(response) -> FeedEntities.read(request, response, Descriptions.namespace()));
	}

	@Override
	public AdministrationClient withTimeout(Duration timeout) {
		return new FeedAdministration(this.calls, timeout);
	}

	private static FeedRequest namespaceRequest() {
		return FeedRequest.get("$namespaceinfo", "");
	}

}
