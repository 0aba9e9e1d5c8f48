package dev.servicebus.annotation;

import dev.servicebus.client.SubQueue;
import dev.servicebus.listener.ListenerTarget;

/**
 * Reads what an annotation listens to.
 */
final class TargetAttributes {

	private TargetAttributes() {
	}

	static ListenerTarget target(ListenerAttributes attributes) {
		ServiceBusListener annotation = attributes.annotation();
		String queue = attributes.text("queue", annotation.queue());
		String topic = attributes.text("topic", annotation.topic());
		String subscription = attributes.text("subscription", annotation.subscription());
		check(attributes.declaration(), queue, topic, subscription);
		ListenerTarget entity = queue.isEmpty() ? ListenerTarget.subscription(topic, subscription)
				: ListenerTarget.queue(queue);
		return entity.withSubQueue(subQueue(attributes));
	}

	private static void check(ListenerDeclaration declaration, String queue, String topic, String subscription) {
		if (!queue.isEmpty() && (!topic.isEmpty() || !subscription.isEmpty())) {
			throw declaration.invalid("attributes queue = \"" + queue + "\", topic = \"" + topic
					+ "\" and subscription = \"" + subscription
					+ "\" contradict each other; name either a queue or a topic and its subscription", null);
		}
		if (topic.isEmpty() != subscription.isEmpty()) {
			throw declaration.invalid("attributes topic = \"" + topic + "\" and subscription = \"" + subscription
					+ "\" only make sense together", null);
		}
		if (queue.isEmpty() && topic.isEmpty()) {
			throw declaration.invalid("attribute queue = \"\": name a queue, or a topic and its subscription", null);
		}
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
