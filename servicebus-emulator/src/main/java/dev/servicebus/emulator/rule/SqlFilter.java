package dev.servicebus.emulator.rule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Takes the messages for which an SQL expression is true, neither false nor unknown.
 * Immutable; two filters are equal if they have the same text and parameters.
 */
public final class SqlFilter implements RuleFilter {

	private final String expression;

	private final Map<String, @Nullable Object> parameters;

	private final SqlPredicate predicate;

	private SqlFilter(String expression, Map<String, ? extends @Nullable Object> parameters) {
		this.expression = expression;
		this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
		this.predicate = new SqlPredicateParser(new SqlTokens(expression), this.parameters).parse();
	}

	/**
	 * Makes a filter without parameters.
	 * @param expression at most 1024 characters
	 * @throws SqlSyntaxException if the expression is not valid
	 */
	public static SqlFilter parse(String expression) {
		return parse(expression, Map.of());
	}

	/**
	 * Makes a filter.
	 * @param expression at most 1024 characters
	 * @param parameters what {@code @name} stands for, by names with or without
	 * {@code @}; case does not count
	 * @throws SqlSyntaxException if the expression is not valid or uses a parameter that
	 * is not given
	 */
	public static SqlFilter parse(String expression, Map<String, ? extends @Nullable Object> parameters) {
		return new SqlFilter(expression, parameters);
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

	@Override
	public boolean matches(FilterSubject subject) {
		return this.predicate.test(subject) == Truth.TRUE;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SqlFilter filter && this.expression.equals(filter.expression)
				&& this.parameters.equals(filter.parameters);
	}

	@Override
	public int hashCode() {
		return 31 * this.expression.hashCode() + this.parameters.hashCode();
	}

	@Override
	public String toString() {
		return "SqlFilter[" + this.expression + "]";
	}

}
