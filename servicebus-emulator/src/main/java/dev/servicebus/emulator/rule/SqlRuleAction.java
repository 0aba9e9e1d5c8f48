package dev.servicebus.emulator.rule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Changes the properties of the copies that a rule makes. Immutable; two actions are
 * equal if they have the same text and parameters.
 */
public final class SqlRuleAction {

	private final String expression;

	private final Map<String, @Nullable Object> parameters;

	private final List<SqlStatement> statements;

	private SqlRuleAction(String expression, Map<String, ? extends @Nullable Object> parameters) {
		this.expression = expression;
		this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
		this.statements = new SqlActionParser(new SqlTokens(expression), this.parameters).parse();
	}

	/**
	 * Makes an action without parameters.
	 * @param expression at most 1024 characters and 32 statements
	 * @throws SqlSyntaxException if the expression is not valid
	 */
	public static SqlRuleAction parse(String expression) {
		return parse(expression, Map.of());
	}

	/**
	 * Makes an action.
	 * @param expression at most 1024 characters and 32 statements
	 * @param parameters what {@code @name} stands for, by names with or without
	 * {@code @}; case does not count
	 * @throws SqlSyntaxException if the expression is not valid or uses a parameter that
	 * is not given
	 */
	public static SqlRuleAction parse(String expression, Map<String, ? extends @Nullable Object> parameters) {
		return new SqlRuleAction(expression, parameters);
	}

	/**
	 * The text as it was given.
	 */
	public String expression() {
		return this.expression;
	}

	/**
	 * The parameters as they were given.
	 */
	public Map<String, @Nullable Object> parameters() {
		return this.parameters;
	}

	/**
	 * Runs the statements in order; each sees what the ones before it have changed.
	 * @throws FilterException if a statement fails; the target keeps what was changed
	 * before
	 */
	public void applyTo(RuleTarget target) {
		for (SqlStatement statement : this.statements) {
			statement.execute(target);
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SqlRuleAction action && this.expression.equals(action.expression)
				&& this.parameters.equals(action.parameters);
	}

	@Override
	public int hashCode() {
		return 31 * this.expression.hashCode() + this.parameters.hashCode();
	}

	@Override
	public String toString() {
		return "SqlRuleAction[" + this.expression + "]";
	}

}
