package dev.servicebus.emulator.config;

import java.util.List;

import dev.servicebus.emulator.entity.EntityOptions;

/**
 * A topic to create. Immutable.
 *
 * @param name its path
 * @param options how it behaves; of these only time to live and duplicate detection have
 * a meaning for a topic
 * @param subscriptions its subscriptions in the order of the file
 */
public record TopicDefinition(String name, EntityOptions options, List<SubscriptionDefinition> subscriptions) {

	public TopicDefinition {
		subscriptions = List.copyOf(subscriptions);
	}

}
