package dev.servicebus.emulator.config;

import java.util.List;

import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.rule.RuleDefinition;

/**
 * A subscription to create. Immutable.
 *
 * @param name its name within the topic
 * @param options how it behaves
 * @param rules its rules; if there are none it takes every message, otherwise those that
 * match a rule
 */
public record SubscriptionDefinition(String name, EntityOptions options, List<RuleDefinition> rules) {

	public SubscriptionDefinition {
		rules = List.copyOf(rules);
	}

}
