package dev.servicebus.emulator.config;

import java.util.List;

/**
 * What a configuration file defines. Immutable.
 *
 * @param namespace the name of the namespace
 * @param queues the queues in the order of the file
 * @param topics the topics in the order of the file
 */
public record EmulatorConfig(String namespace, List<QueueDefinition> queues, List<TopicDefinition> topics) {

	/** Nothing is defined. */
	public static final EmulatorConfig EMPTY = new EmulatorConfig("sbemulatorns", List.of(), List.of());

	public EmulatorConfig {
		queues = List.copyOf(queues);
		topics = List.copyOf(topics);
	}

}
