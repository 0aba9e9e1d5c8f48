package dev.servicebus.emulator.config;

import java.util.ArrayList;
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

	/**
	 * What the file defines and this version of the emulator does not do, one sentence
	 * each, for whoever applies the configuration to pass on. Empty if all is served.
	 */
	public List<String> notServedYet() {
		List<String> sentences = new ArrayList<>();
		for (TopicDefinition topic : this.topics) {
			sentences.add("Topic '" + topic.name() + "': topics and subscriptions are not served yet.");
		}
		return sentences;
	}

}
