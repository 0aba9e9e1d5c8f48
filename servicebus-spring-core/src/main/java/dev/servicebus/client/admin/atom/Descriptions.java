package dev.servicebus.client.admin.atom;

import dev.servicebus.client.admin.NamespaceProperties;
import dev.servicebus.client.admin.QueueRuntimeProperties;
import dev.servicebus.client.admin.SubscriptionRuntimeProperties;
import dev.servicebus.client.admin.TopicRuntimeProperties;

/**
 * Readers of what a broker reports and nobody writes.
 */
public final class Descriptions {

	private Descriptions() {
	}

	/**
	 * Reads what queues hold.
	 */
	public static EntityReader<QueueRuntimeProperties> queueRuntime() {
		return QueueFormat::readRuntime;
	}

	/**
	 * Reads what topics hold.
	 */
	public static EntityReader<TopicRuntimeProperties> topicRuntime() {
		return TopicFormat::readRuntime;
	}

	/**
	 * Reads what subscriptions hold.
	 */
	public static EntityReader<SubscriptionRuntimeProperties> subscriptionRuntime() {
		return SubscriptionFormat::readRuntime;
	}

	/**
	 * Reads what a namespace is.
	 */
	public static EntityReader<NamespaceProperties> namespace() {
		return (entry) -> entry.read("NamespaceInfo",
				(reader) -> new NamespaceProperties(reader.text("Name", entry.title()), reader.text("Alias"),
						reader.text("MessagingSKU", ""), reader.integer("MessagingUnits", 0),
						reader.time("CreatedTime"), reader.time("ModifiedTime")));
	}

}
