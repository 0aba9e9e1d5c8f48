package dev.servicebus.client.admin.atom;

import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.rule.RuleProperties;

/**
 * Reads and writes descriptions of one kind of entity. Immutable.
 *
 * @param <E> the entities
 */
public interface EntityFormat<E> extends EntityReader<E> {

	/**
	 * The format of queues.
	 */
	static EntityFormat<QueueProperties> queues() {
		return new QueueFormat();
	}

	/**
	 * The format of topics.
	 */
	static EntityFormat<TopicProperties> topics() {
		return new TopicFormat();
	}

	/**
	 * The format of subscriptions.
	 */
	static EntityFormat<SubscriptionProperties> subscriptions() {
		return new SubscriptionFormat();
	}

	/**
	 * The format of rules.
	 */
	static EntityFormat<RuleProperties> rules() {
		return new RuleFormat();
	}

	/**
	 * Writes an entry.
	 * @param entity what it tells
	 * @param change what it is for
	 * @param host the namespace to which the names of other entities are relative
	 * @throws IllegalArgumentException if the entity has what cannot be written
	 */
	String write(E entity, Change change, String host);

}
