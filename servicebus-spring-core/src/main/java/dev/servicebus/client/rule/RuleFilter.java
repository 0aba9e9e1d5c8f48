package dev.servicebus.client.rule;

import java.util.Map;

/**
 * Decides which messages of a topic a subscription gets a copy of. Immutable.
 */
public sealed interface RuleFilter permits RuleFilter.Sql, CorrelationFilter, RuleFilter.True, RuleFilter.False {

	/**
	 * A filter in the SQL-like language of Service Bus, without parameters.
	 * @param expression for example {@code priority > 3 AND sys.Label = 'order'}
	 */
	static RuleFilter sql(String expression) {
		return new Sql(expression, Map.of());
	}

	/**
	 * Begins a filter that compares properties of the message.
	 */
	static CorrelationFilter.Builder correlation() {
		return CorrelationFilter.builder();
	}

	/**
	 * A filter that lets every message through.
	 */
	static RuleFilter matchAll() {
		return new True();
	}

	/**
	 * A filter that lets no message through.
	 */
	static RuleFilter matchNone() {
		return new False();
	}

	/**
	 * Evaluates a condition of the SQL-like language of Service Bus.
	 *
	 * @param expression the condition
	 * @param parameters values for the {@code @names} in the expression, with the names
	 * as keys; only the administration client can transfer them
	 */
	record Sql(String expression, Map<String, Object> parameters) implements RuleFilter {

		public Sql {
			if (expression.isBlank()) {
				throw new IllegalArgumentException("expression of a SQL filter must not be blank");
			}
			parameters = Map.copyOf(parameters);
		}

	}

	/**
	 * Lets every message through.
	 */
	record True() implements RuleFilter {

	}

	/**
	 * Lets no message through.
	 */
	record False() implements RuleFilter {

	}

}
