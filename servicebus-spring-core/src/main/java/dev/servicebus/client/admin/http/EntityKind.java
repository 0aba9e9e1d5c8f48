package dev.servicebus.client.admin.http;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.admin.atom.EntityFormat;
import dev.servicebus.client.rule.RuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * Where the entities of one kind are, and how they are written. Immutable.
 *
 * @param <E> the entities
 * @param prefix what the path of an entity begins with, empty or with a slash at its end
 * @param listPath where they are listed
 * @param format reads and writes them
 * @param name names one of them
 * @param destinations the entities to which one of them forwards, by the header that has
 * to prove the right to do so
 */
record EntityKind<E>(String prefix, String listPath, EntityFormat<E> format, Function<E, String> name,
		Function<E, Map<String, String>> destinations) {

	private static final String FORWARD = "ServiceBusSupplementaryAuthorization";

	private static final String FORWARD_DEAD_LETTERS = "ServiceBusDlqSupplementaryAuthorization";

	static EntityKind<QueueProperties> queues() {
		return new EntityKind<>("", "$Resources/queues", EntityFormat.queues(), QueueProperties::name,
				(queue) -> destinations(queue.forwardTo(), queue.forwardDeadLetteredMessagesTo()));
	}

	static EntityKind<TopicProperties> topics() {
		return new EntityKind<>("", "$Resources/topics", EntityFormat.topics(), TopicProperties::name,
				(topic) -> Map.of());
	}

	static EntityKind<SubscriptionProperties> subscriptions(String topic) {
		String list = checked("topic", topic) + "/subscriptions";
		return new EntityKind<>(list + '/', list, EntityFormat.subscriptions(), SubscriptionProperties::name,
				(subscription) -> destinations(subscription.forwardTo(), subscription.forwardDeadLetteredMessagesTo()));
	}

	static EntityKind<RuleProperties> rules(String topic, String subscription) {
		String list = checked("topic", topic) + "/subscriptions/" + checked("subscription", subscription) + "/rules";
		return new EntityKind<>(list + '/', list, EntityFormat.rules(), RuleProperties::name, (rule) -> Map.of());
	}

	/**
	 * The path of an entity, relative to the namespace.
	 */
	String path(String entityName) {
		return this.prefix + checked("name", entityName);
	}

	/**
	 * Refuses names that would address something else than an entity of this kind.
	 */
	private static String checked(String what, String entityName) {
		if (entityName.isBlank() || entityName.startsWith("/") || entityName.endsWith("/")) {
			throw new IllegalArgumentException(
					what + " must neither be blank nor begin or end with a slash but is '" + entityName + "'");
		}
		return entityName;
	}

	private static Map<String, String> destinations(@Nullable String forwardTo, @Nullable String forwardDeadLetters) {
		Map<String, String> destinations = new HashMap<>();
		if (forwardTo != null) {
			destinations.put(FORWARD, forwardTo);
		}
		if (forwardDeadLetters != null) {
			destinations.put(FORWARD_DEAD_LETTERS, forwardDeadLetters);
		}
		return destinations;
	}

}
