package dev.servicebus.topology;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.rule.RuleProperties;

/**
 * A subscription that an application needs. Immutable.
 *
 * @param topic the topic that it belongs to
 * @param properties the subscription
 * @param rules all its rules; none for the one that every subscription has from its
 * beginning, or whatever rules an existing one has
 */
public record SubscriptionDeclaration(String topic, SubscriptionProperties properties, List<RuleProperties> rules) {

	public SubscriptionDeclaration {
		Objects.requireNonNull(properties, "properties");
		rules = List.copyOf(rules);
		if (topic.isBlank()) {
			throw new IllegalArgumentException("the topic of a subscription must not be blank");
		}
		if (properties.defaultRule() != null) {
			throw new IllegalArgumentException(
					"declare the rules of subscription '" + properties.name() + "' as such, not as its defaultRule");
		}
	}

	/**
	 * A subscription with all defaults.
	 */
	public static SubscriptionDeclaration of(String topic, String subscription) {
		return new SubscriptionDeclaration(topic, SubscriptionProperties.of(subscription), List.of());
	}

	/**
	 * The same subscription with these rules and no others.
	 */
	public SubscriptionDeclaration withRules(RuleProperties... newRules) {
		return new SubscriptionDeclaration(this.topic, this.properties, Arrays.asList(newRules));
	}

	public SubscriptionDeclaration withProperties(SubscriptionProperties newProperties) {
		return new SubscriptionDeclaration(this.topic, newProperties, this.rules);
	}

}
