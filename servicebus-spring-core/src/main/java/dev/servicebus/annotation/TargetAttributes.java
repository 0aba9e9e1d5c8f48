package dev.servicebus.annotation;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.servicebus.client.SubQueue;
import dev.servicebus.listener.ListenerTarget;

/**
 * Reads what an annotation listens to.
 */
final class TargetAttributes {

	private TargetAttributes() {
	}

	/**
	 * Returns the subscription, or the queues, of which there may be several.
	 */
	static List<ListenerTarget> targets(ListenerAttributes attributes) {
		ServiceBusListener annotation = attributes.annotation();
		List<String> queues = queues(attributes);
		String topic = attributes.text("topic", annotation.topic());
		String subscription = attributes.text("subscription", annotation.subscription());
		check(attributes.declaration(), queues, topic, subscription);
		SubQueue subQueue = subQueue(attributes);
		Stream<ListenerTarget> entities = queues.isEmpty() ? Stream.of(ListenerTarget.subscription(topic, subscription))
				: queues.stream().map(ListenerTarget::queue);
		return entities.map((entity) -> entity.withSubQueue(subQueue)).toList();
	}

	private static List<String> queues(ListenerAttributes attributes) {
		List<String> queues = attributes.texts("queue", attributes.annotation().queue())
			.stream()
			.flatMap((text) -> Arrays.stream(text.split(",")))
			.map(String::strip)
			.filter((name) -> !name.isEmpty())
			.toList();
		Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		for (String queue : queues) {
			if (!seen.add(queue)) {
				throw attributes.declaration().invalid(given(queues) + ": '" + queue + "' is named twice", null);
			}
		}
		return queues;
	}

	private static void check(ListenerDeclaration declaration, List<String> queues, String topic, String subscription) {
		if (!queues.isEmpty() && (!topic.isEmpty() || !subscription.isEmpty())) {
			throw declaration.invalid(
					"attributes " + given(queues) + ", topic = \"" + topic + "\" and subscription = \"" + subscription
							+ "\" contradict each other; name either a queue or a topic and its subscription",
					null);
		}
		if (topic.isEmpty() != subscription.isEmpty()) {
			throw declaration.invalid("attributes topic = \"" + topic + "\" and subscription = \"" + subscription
					+ "\" only make sense together", null);
		}
		if (queues.isEmpty() && topic.isEmpty()) {
			throw declaration.invalid("attribute queue = \"" + String.join("\", \"", declaration.annotation().queue())
					+ "\": name a queue, or a topic and its subscription", null);
		}
	}

	private static String given(List<String> queues) {
		return "queue = \"" + String.join("\", \"", queues) + "\"";
	}

	private static SubQueue subQueue(ListenerAttributes attributes) {
		String value = attributes.text("subQueue", attributes.annotation().subQueue());
		try {
			return value.isEmpty() ? SubQueue.NONE : OptionAttribute.constant(SubQueue.class, value);
		}
		catch (IllegalArgumentException ex) {
			throw attributes.declaration().invalid("subQueue", value, ex);
		}
	}

}
