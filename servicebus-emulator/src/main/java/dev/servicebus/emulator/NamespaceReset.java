package dev.servicebus.emulator;

import java.util.List;

import dev.servicebus.emulator.NamespaceContent.SubscriptionContent;
import dev.servicebus.emulator.NamespaceContent.TopicContent;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.entity.Queue;
import dev.servicebus.emulator.entity.Subscription;
import dev.servicebus.emulator.entity.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Makes the entities of a namespace what they shall be at the beginning. Those that can
 * stay keep their consumers. Belongs to the broker's loop.
 */
final class NamespaceReset {

	private final NamespaceContent content;

	private final Namespace namespace;

	NamespaceReset(NamespaceContent content, Namespace namespace) {
		this.content = content;
		this.namespace = namespace;
	}

	/**
	 * Removes what is too much before it adds what is missing, because names are shared.
	 */
	void run() {
		List.copyOf(this.namespace.queues()).forEach(this::clearOrDelete);
		List.copyOf(this.namespace.topics()).forEach(this::clearOrDelete);
		this.content.queues().forEach(this::restoreQueue);
		this.content.topics().forEach(this::restoreTopic);
	}

	private void clearOrDelete(Queue queue) {
		if (canStay(queue.options(), this.content.queues().get(queue.path()))) {
			queue.clear();
		}
		else {
			this.namespace.deleteQueue(queue.path());
		}
	}

	private void clearOrDelete(Topic topic) {
		TopicContent configured = this.content.topics().get(topic.path());
		if (configured == null || !canStay(topic.options(), configured.options())) {
			this.namespace.deleteTopic(topic.path());
			return;
		}
		topic.clear();
		for (Subscription subscription : List.copyOf(topic.subscriptions())) {
			SubscriptionContent kept = configured.subscriptions().get(subscription.name());
			if (canStay(subscription.options(), (kept != null) ? kept.options() : null)) {
				subscription.clear();
			}
			else {
				topic.deleteSubscription(subscription.name());
			}
		}
	}

	private void restoreQueue(String path, EntityOptions options) {
		Queue queue = this.namespace.findQueue(path);
		if (queue != null) {
			queue.update(options);
		}
		else {
			this.namespace.createQueue(path, options);
		}
	}

	private void restoreTopic(String path, TopicContent configured) {
		Topic existing = this.namespace.findTopic(path);
		Topic topic = (existing != null) ? existing : this.namespace.createTopic(path, configured.options());
		topic.update(configured.options());
		configured.subscriptions().forEach((name, subscription) -> restoreSubscription(topic, name, subscription));
	}

	private static void restoreSubscription(Topic topic, String name, SubscriptionContent configured) {
		Subscription existing = topic.findSubscription(name);
		Subscription subscription = (existing != null) ? existing
				: topic.createSubscription(name, configured.options(), configured.rules());
		subscription.update(configured.options());
		subscription.setRules(configured.rules());
	}

	/**
	 * An entity that was created anew with other fixed properties is not the one that was
	 * configured.
	 */
	private static boolean canStay(EntityOptions present, @Nullable EntityOptions configured) {
		return configured != null && configured.isUpdateOf(present);
	}

}
