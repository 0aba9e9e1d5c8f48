package dev.servicebus.emulator.admin.description;

import java.util.List;

import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.entity.ConfigurableEntity;
import dev.servicebus.emulator.entity.EntityCounts;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.EntityTimes;
import dev.servicebus.emulator.entity.StoringEntity;
import dev.servicebus.emulator.entity.Topic;

/**
 * What there is to say of an entity. Immutable.
 *
 * @param options how it behaves
 * @param times when something happened to it
 * @param counts what it holds; of a topic, only the messages that wait for their time
 * @param subscriptions how many subscriptions it has
 * @param rules its authorization rules
 */
public record DescribedEntity(EntityOptions options, EntityTimes times, EntityCounts counts, int subscriptions,
		List<AuthorizationRule> rules) {

	public DescribedEntity {
		rules = List.copyOf(rules);
	}

	/**
	 * Describes an entity as it is now.
	 * @param entity the entity
	 * @param rules its authorization rules
	 */
	public static DescribedEntity of(ConfigurableEntity entity, List<AuthorizationRule> rules) {
		if (entity instanceof StoringEntity storing) {
			return new DescribedEntity(entity.options(), entity.times(), storing.counts(), 0, rules);
		}
		Topic topic = (Topic) entity;
		EntityCounts counts = new EntityCounts(0, 0, 0, topic.scheduled().size(), 0, 0, topic.sizeInBytes());
		return new DescribedEntity(topic.options(), topic.times(), counts, topic.subscriptions().size(), rules);
	}

}
