package dev.servicebus.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.rule.RuleProperties;

/**
 * The entities that an application needs. Immutable.
 *
 * @param queues the queues
 * @param topics the topics; those of the subscriptions that are not among them are as by
 * default
 * @param subscriptions the subscriptions
 */
public record Topology(List<QueueProperties> queues, List<TopicProperties> topics,
		List<SubscriptionDeclaration> subscriptions) {

	/** Nothing is needed. */
	public static final Topology EMPTY = new Topology(List.of(), List.of(), List.of());

	public Topology {
		queues = List.copyOf(queues);
		topics = List.copyOf(topics);
		subscriptions = List.copyOf(subscriptions);
	}

	/**
	 * This and a queue with all defaults.
	 */
	public Topology withQueue(String name) {
		return with(QueueProperties.of(name));
	}

	/**
	 * This and a queue.
	 */
	public Topology with(QueueProperties queue) {
		return and(new Topology(List.of(queue), List.of(), List.of()));
	}

	/**
	 * This and a topic.
	 */
	public Topology with(TopicProperties topic) {
		return and(new Topology(List.of(), List.of(topic), List.of()));
	}

	/**
	 * This and a subscription.
	 */
	public Topology with(SubscriptionDeclaration subscription) {
		return and(new Topology(List.of(), List.of(), List.of(subscription)));
	}

	/**
	 * This and a subscription with all defaults, and with these rules.
	 */
	public Topology withSubscription(String topic, String subscription, RuleProperties... rules) {
		return with(SubscriptionDeclaration.of(topic, subscription).withRules(rules));
	}

	/**
	 * This, and of the other what it has no entity of the same name and kind for.
	 */
	public Topology and(Topology other) {
		return new Topology(merged(this.queues, other.queues, QueueProperties::name),
				merged(this.topics, other.topics, TopicProperties::name), merged(this.subscriptions,
						other.subscriptions, (subscription) -> path(subscription.topic(), subscription.properties())));
	}

	/**
	 * The same with all topics that its subscriptions have.
	 */
	Topology complete() {
		Topology all = this;
		for (SubscriptionDeclaration subscription : this.subscriptions) {
			all = all.with(TopicProperties.of(subscription.topic()));
		}
		return all;
	}

	/** How a subscription is called, for example {@code events/Subscriptions/audit}. */
	static String path(String topic, SubscriptionProperties subscription) {
		return topic + "/Subscriptions/" + subscription.name();
	}

	/** The service compares names without case. */
	private static <T> List<T> merged(List<T> first, List<T> second, Function<T, String> name) {
		Map<String, T> known = new TreeMap<>();
		first.forEach((entity) -> known.putIfAbsent(name.apply(entity).toLowerCase(Locale.ROOT), entity));
		List<T> all = new ArrayList<>(first);
		for (T entity : second) {
			if (known.putIfAbsent(name.apply(entity).toLowerCase(Locale.ROOT), entity) == null) {
				all.add(entity);
			}
		}
		return all;
	}

}
