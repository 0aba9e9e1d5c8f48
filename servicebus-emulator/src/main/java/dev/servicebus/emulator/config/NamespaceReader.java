package dev.servicebus.emulator.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.servicebus.emulator.entity.EntityOptions;
import org.jspecify.annotations.Nullable;

/**
 * Reads the namespace of a document with its queues and topics.
 */
final class NamespaceReader {

	private static final Set<String> LOGGING_TYPES = Set.of("File", "Console", "File,Console", "Console,File");

	private final Names entityNames = Names.ofEntities();

	private final Map<ConfigNode, String> forwardingEntities = new LinkedHashMap<>();

	private NamespaceReader() {
	}

	static EmulatorConfig read(ConfigNode document) {
		document.checkFields(Set.of("UserConfig", "$schema"));
		ConfigNode userConfig = document.require("UserConfig").checkFields(Set.of("Namespaces", "Logging"));
		checkLogging(userConfig.find("Logging"));
		ConfigNode array = userConfig.require("Namespaces");
		List<ConfigNode> namespaces = userConfig.elements("Namespaces");
		if (namespaces.size() != 1) {
			throw array.error("must hold exactly one namespace but holds " + namespaces.size());
		}
		return new NamespaceReader().namespace(namespaces.get(0));
	}

	private static void checkLogging(@Nullable ConfigNode logging) {
		ConfigNode type = (logging == null) ? null : logging.checkFields(Set.of("Type")).find("Type");
		if (type != null && !LOGGING_TYPES.contains(type.text())) {
			throw type.error("must be one of File, Console and 'File,Console' but is '"
					+ ConfigNode.shortened(type.text()) + "'");
		}
	}

	private EmulatorConfig namespace(ConfigNode namespace) {
		namespace.checkFields(Set.of("Name", "Queues", "Topics"));
		List<QueueDefinition> queues = new ArrayList<>();
		for (ConfigNode queue : namespace.elements("Queues")) {
			queues.add(queue(queue));
		}
		List<TopicDefinition> topics = new ArrayList<>();
		for (ConfigNode topic : namespace.elements("Topics")) {
			topics.add(topic(topic));
		}
		this.forwardingEntities.forEach(this::checkDestinations);
		return new EmulatorConfig(namespace.require("Name").nonBlankText(), queues, topics);
	}

	private QueueDefinition queue(ConfigNode queue) {
		queue.checkFields(Set.of("Name", "Properties"));
		String name = this.entityNames.read(queue);
		this.forwardingEntities.put(queue, name);
		return new QueueDefinition(name, EntityProperties.QUEUE.read(queue));
	}

	private TopicDefinition topic(ConfigNode topic) {
		topic.checkFields(Set.of("Name", "Properties", "Subscriptions"));
		String name = this.entityNames.read(topic);
		EntityOptions options = EntityProperties.TOPIC.read(topic);
		Names subscriptionNames = Names.ofSubscriptions();
		List<SubscriptionDefinition> subscriptions = new ArrayList<>();
		for (ConfigNode subscription : topic.elements("Subscriptions")) {
			subscription.checkFields(Set.of("Name", "Properties", "Rules"));
			this.forwardingEntities.put(subscription, name);
			subscriptions.add(new SubscriptionDefinition(subscriptionNames.read(subscription),
					EntityProperties.SUBSCRIPTION.read(subscription), RuleReader.read(subscription)));
		}
		return new TopicDefinition(name, options, subscriptions);
	}

	/**
	 * Messages can only go on to another entity of the file.
	 */
	private void checkDestinations(ConfigNode entity, String name) {
		ConfigNode properties = entity.find("Properties");
		if (properties == null) {
			return;
		}
		for (String field : List.of("ForwardTo", "ForwardDeadLetteredMessagesTo")) {
			ConfigNode destination = properties.find(field);
			if (destination == null || destination.text().isEmpty()) {
				continue;
			}
			if (!this.entityNames.contains(destination.text())) {
				throw destination.error("there is no queue or topic '" + ConfigNode.shortened(destination.text())
						+ "' in this configuration");
			}
			if (destination.text().equalsIgnoreCase(name)) {
				throw destination.error("messages cannot be forwarded to where they come from");
			}
		}
	}

}
