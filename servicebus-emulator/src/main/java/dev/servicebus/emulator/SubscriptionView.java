package dev.servicebus.emulator;

import java.util.List;

import dev.servicebus.emulator.entity.Subscription;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.RuleDefinition;

/**
 * A look into one subscription of a running emulator. Thread-safe.
 */
public final class SubscriptionView extends EntityView {

	private final String topic;

	private final String name;

	SubscriptionView(RunningEmulator emulator, String topic, String name) {
		super(emulator, topic + "/Subscriptions/" + name);
		this.topic = topic;
		this.name = name;
	}

	/**
	 * The path of its topic.
	 */
	public String topic() {
		return this.topic;
	}

	/**
	 * Its name within the topic.
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The rules that decide on its messages, in the order in which they came.
	 */
	public List<Rule> rules() {
		return emulator().call(() -> entity().rules());
	}

	/**
	 * Adds a rule for the messages that come from now on. The one that takes every
	 * message, named {@value Rule#DEFAULT_NAME}, stays unless it is removed.
	 */
	public void addRule(RuleDefinition rule) {
		emulator().run(() -> entity().addRule(rule));
	}

	/**
	 * Removes a rule. The messages that it has taken stay.
	 */
	public void removeRule(String rule) {
		emulator().run(() -> entity().removeRule(rule));
	}

	@Override
	Subscription entity() {
		return emulator().namespace().topic(this.topic).subscription(this.name);
	}

}
