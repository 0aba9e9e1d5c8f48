package dev.servicebus.emulator;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.rule.RuleDefinition;

/**
 * The entities that a namespace begins with, by their names, whose case does not count.
 * Immutable.
 *
 * @param queues the queues
 * @param topics the topics
 */
record NamespaceContent(SortedMap<String, EntityOptions> queues, SortedMap<String, TopicContent> topics) {

	NamespaceContent {
		queues = Collections.unmodifiableSortedMap(new TreeMap<>(queues));
		topics = Collections.unmodifiableSortedMap(new TreeMap<>(topics));
	}

	/**
	 * A topic.
	 *
	 * @param options how it behaves
	 * @param subscriptions its subscriptions
	 */
	record TopicContent(EntityOptions options, SortedMap<String, SubscriptionContent> subscriptions) {

		TopicContent {
			subscriptions = Collections.unmodifiableSortedMap(new TreeMap<>(subscriptions));
		}

	}

	/**
	 * A subscription.
	 *
	 * @param options how it behaves
	 * @param rules its rules, none for the one that takes every message
	 */
	record SubscriptionContent(EntityOptions options, List<RuleDefinition> rules) {

		SubscriptionContent {
			rules = List.copyOf(rules);
		}

	}

}
