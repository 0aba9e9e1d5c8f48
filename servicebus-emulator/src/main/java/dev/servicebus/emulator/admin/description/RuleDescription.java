package dev.servicebus.emulator.admin.description;

import java.util.List;

import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.atom.XmlWriter;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.RuleDefinition;
import dev.servicebus.emulator.rule.SqlRuleAction;
import org.jspecify.annotations.Nullable;

/**
 * The description of a rule.
 */
public final class RuleDescription {

	/** The name of its element. */
	public static final String NAME = "RuleDescription";

	private static final String DEFAULT_RULE = "DefaultRuleDescription";

	private RuleDescription() {
	}

	/**
	 * Reads a rule. Without a filter it takes every message.
	 * @param name its name
	 * @param description the element with its description
	 * @throws dev.servicebus.emulator.rule.RuleException if filter or action are not
	 * valid
	 * @throws dev.servicebus.emulator.store.BrokerException if a value is malformed
	 */
	public static RuleDefinition read(String name, XmlElement description) {
		return new RuleDefinition(name, FilterDescription.read(description.child("Filter")),
				action(description.child("Action")));
	}

	/**
	 * Reads the rule with which a subscription shall begin.
	 * @param subscription the element with the description of the subscription
	 * @return one rule, none if the description says nothing of it
	 */
	public static List<RuleDefinition> readDefault(XmlElement subscription) {
		XmlElement description = subscription.child(DEFAULT_RULE);
		if (description == null) {
			return List.of();
		}
		String name = description.childText("Name");
		return List.of(read((name != null) ? name : Rule.DEFAULT_NAME, description));
	}

	/**
	 * Writes the description of a rule. Clients want to see an action, be it an empty
	 * one.
	 */
	public static void write(Rule rule, XmlWriter xml) {
		xml.start(NAME, EntityDescription.NAMESPACE).declareTypes();
		FilterDescription.write(rule.filter(), xml);
		SqlRuleAction action = rule.action();
		xml.start("Action").type((action != null) ? "SqlRuleAction" : "EmptyRuleAction");
		if (action != null) {
			SqlDescription.write(action.expression(), action.parameters(), xml);
		}
		xml.end();
		xml.element("CreatedAt", rule.createdAt()).element("Name", rule.name());
		xml.end();
	}

	private static @Nullable SqlRuleAction action(@Nullable XmlElement element) {
		String expression = (element != null) ? element.childText(SqlDescription.EXPRESSION) : null;
		if (element == null || expression == null) {
			return null;
		}
		return SqlRuleAction.parse(expression, SqlDescription.parameters(element));
	}

}
