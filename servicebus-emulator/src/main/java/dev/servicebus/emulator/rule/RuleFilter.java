package dev.servicebus.emulator.rule;

/**
 * Which messages a rule takes. Immutable.
 */
public sealed interface RuleFilter permits CorrelationFilter, FalseFilter, SqlFilter, TrueFilter {

	/**
	 * Returns whether the rule takes a message.
	 * @throws FilterException if the filter has no result for it
	 */
	boolean matches(FilterSubject subject);

}
