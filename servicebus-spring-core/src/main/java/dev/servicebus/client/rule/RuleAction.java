package dev.servicebus.client.rule;

import java.util.Map;

/**
 * What a rule changes about the copy of a message that it lets through. Immutable.
 *
 * @param expression statements of the SQL-like language of Service Bus, for example
 * {@code SET priority = 1; REMOVE origin}
 * @param parameters values for the {@code @names} in the expression, with the names as
 * keys; only the administration client can transfer them
 */
public record RuleAction(String expression, Map<String, Object> parameters) {

	public RuleAction {
		if (expression.isBlank()) {
			throw new IllegalArgumentException("expression of a rule action must not be blank");
		}
		parameters = Map.copyOf(parameters);
	}

	/**
	 * An action without parameters.
	 */
	public static RuleAction sql(String expression) {
		return new RuleAction(expression, Map.of());
	}

}
