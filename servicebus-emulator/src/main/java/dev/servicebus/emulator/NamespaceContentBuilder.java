package dev.servicebus.emulator;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.servicebus.emulator.NamespaceContent.SubscriptionContent;
import dev.servicebus.emulator.NamespaceContent.TopicContent;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.rule.RuleDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Collects the entities that a namespace begins with. Those without options get the
 * default ones, which are not known before the end. Not thread-safe.
 */
final class NamespaceContentBuilder {

	private final SortedMap<String, UnaryOperator<EntityOptions>> queues = byName();

	private final SortedMap<String, TopicEntry> topics = byName();

	void queue(String path, @Nullable EntityOptions options) {
		this.queues.put(path, orDefault(options));
	}

	void topic(String path, @Nullable EntityOptions options) {
		topicEntry(path).options = orDefault(options);
	}

	void subscription(String topic, String name, @Nullable EntityOptions options, List<RuleDefinition> rules) {
		topicEntry(topic).subscriptions.put(name,
				(defaults) -> new SubscriptionContent(orDefault(options).apply(defaults), rules));
	}

	NamespaceContent build(EntityOptions defaults) {
		SortedMap<String, EntityOptions> builtQueues = byName();
		this.queues.forEach((path, options) -> builtQueues.put(path, options.apply(defaults)));
		SortedMap<String, TopicContent> builtTopics = byName();
		this.topics.forEach((path, topic) -> builtTopics.put(path, topic.build(defaults)));
		return new NamespaceContent(builtQueues, builtTopics);
	}

	private TopicEntry topicEntry(String path) {
		return this.topics.computeIfAbsent(path, (key) -> new TopicEntry());
	}

	private static UnaryOperator<EntityOptions> orDefault(@Nullable EntityOptions options) {
		return (defaults) -> (options != null) ? options : defaults;
	}

	private static <T> SortedMap<String, T> byName() {
		return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
	}

	private static final class TopicEntry {

		private UnaryOperator<EntityOptions> options = UnaryOperator.identity();

		private final SortedMap<String, Function<EntityOptions, SubscriptionContent>> subscriptions = byName();

		TopicContent build(EntityOptions defaults) {
			SortedMap<String, SubscriptionContent> built = byName();
			this.subscriptions.forEach((name, subscription) -> built.put(name, subscription.apply(defaults)));
			return new TopicContent(this.options.apply(defaults), built);
		}

	}

}
