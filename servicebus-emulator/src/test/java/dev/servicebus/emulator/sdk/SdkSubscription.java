package dev.servicebus.emulator.sdk;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusRuleManagerClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.administration.models.CreateRuleOptions;
import com.azure.messaging.servicebus.administration.models.RuleAction;
import com.azure.messaging.servicebus.administration.models.RuleFilter;
import com.azure.messaging.servicebus.administration.models.RuleProperties;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import dev.servicebus.emulator.SubscriptionView;
import dev.servicebus.emulator.entity.EntityOptions;

/**
 * A topic with one subscription, and clients of Microsoft's SDK for both.
 */
final class SdkSubscription {

	private static final AtomicInteger TOPICS = new AtomicInteger();

	final SubscriptionView view;

	final ServiceBusRuleManagerClient rules;

	private final SdkNamespace namespace;

	private final String topic = "News." + TOPICS.incrementAndGet();

	private final ServiceBusSenderClient sender;

	SdkSubscription(SdkNamespace namespace, EntityOptions options) {
		this.namespace = namespace;
		namespace.emulator.createTopic(this.topic);
		this.view = namespace.emulator.createSubscription(this.topic, "All", options);
		this.rules = namespace
			.closeLater(namespace.builder().ruleManager().topicName(this.topic).subscriptionName("All").buildClient());
		this.sender = namespace.closeLater(namespace.builder().sender().topicName(this.topic).buildClient());
	}

	SdkSubscription(SdkNamespace namespace) {
		this(namespace, EntityOptions.DEFAULTS);
	}

	/**
	 * Has no rule but this one.
	 */
	SdkSubscription withOnly(RuleFilter filter) {
		this.rules.deleteRule("$Default");
		addRule("only", filter);
		return this;
	}

	void addRule(String name, RuleFilter filter) {
		this.rules.createRule(name, new CreateRuleOptions(filter));
	}

	void addRule(String name, RuleFilter filter, RuleAction action) {
		this.rules.createRule(name, new CreateRuleOptions(filter).setAction(action));
	}

	/**
	 * The rule of a name as the rule manager reads it.
	 */
	RuleProperties rule(String name) {
		return this.rules.listRules()
			.stream()
			.filter((rule) -> rule.getName().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No rule named " + name));
	}

	List<String> ruleNames() {
		return this.rules.listRules().stream().map(RuleProperties::getName).toList();
	}

	void send(ServiceBusMessage... messages) {
		this.sender.sendMessages(List.of(messages));
	}

	/**
	 * Takes all messages that have come.
	 */
	List<ServiceBusReceivedMessage> receive() {
		int count = this.view.messages().size();
		if (count == 0) {
			return List.of();
		}
		try (ServiceBusReceiverClient receiver = this.namespace.builder()
			.receiver()
			.topicName(this.topic)
			.subscriptionName("All")
			.receiveMode(ServiceBusReceiveMode.RECEIVE_AND_DELETE)
			.buildClient()) {
			return receiver.receiveMessages(count, SdkNamespace.WAIT).stream().toList();
		}
	}

}
