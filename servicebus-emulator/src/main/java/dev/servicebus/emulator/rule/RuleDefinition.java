package dev.servicebus.emulator.rule;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A rule to give to a subscription. Immutable.
 *
 * @param name its name within the subscription, see {@link Rule}
 * @param filter which messages it takes
 * @param action what it changes in its copies, {@code null} for nothing
 */
public record RuleDefinition(String name, RuleFilter filter, @Nullable SqlRuleAction action) {

	/**
	 * Defines a rule that takes the messages for which an SQL expression is true.
	 * @throws RuleException if the expression is not valid
	 */
	public static RuleDefinition sql(String name, String expression) {
		return of(name, SqlFilter.parse(expression));
	}

	/**
	 * Defines a rule without an action.
	 */
	public static RuleDefinition of(String name, RuleFilter filter) {
		return new RuleDefinition(name, filter, null);
	}

	/**
	 * This rule with an action in the language of SQL actions, for example
	 * {@code SET priority = 'high'}.
	 * @throws RuleException if the expression is not valid
	 */
	public RuleDefinition withAction(String expression) {
		return new RuleDefinition(this.name, this.filter, SqlRuleAction.parse(expression));
	}

	/**
	 * The rule that it becomes.
	 * @throws RuleException if the name is not valid
	 */
	public Rule createdAt(Instant time) {
		return new Rule(this.name, this.filter, this.action, time);
	}

}
