package dev.servicebus.emulator.rule;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A rule of a subscription. Immutable.
 *
 * @param name its name within the subscription: 1 to 50 characters other than
 * {@code / \ @ ? # *} and control characters
 * @param filter which messages it takes
 * @param action what it changes in its copies, {@code null} for nothing
 * @param createdAt when it was made
 */
public record Rule(String name, RuleFilter filter, @Nullable SqlRuleAction action, Instant createdAt) {

	/** The name of the rule that a subscription begins with. */
	public static final String DEFAULT_NAME = "$Default";

	private static final int MAX_NAME_LENGTH = 50;

	private static final String FORBIDDEN = "/\\@?#*";

	/**
	 * Makes a rule.
	 * @throws RuleException if the name is not valid
	 */
	public Rule {
		boolean wellFormed = name.chars().noneMatch((c) -> FORBIDDEN.indexOf(c) >= 0 || Character.isISOControl(c));
		if (name.isBlank() || name.length() > MAX_NAME_LENGTH || !wellFormed) {
			throw new RuleException(RuleException.Reason.INVALID, SqlToken.quote(name)
					+ " is not a valid rule name; it must have 1 to 50 characters other than / \\ @ ? # *");
		}
	}

	/**
	 * The rule that a subscription begins with unless it is given another: it takes every
	 * message.
	 */
	public static Rule defaultRule(Instant createdAt) {
		return new Rule(DEFAULT_NAME, new TrueFilter(), null, createdAt);
	}

	/**
	 * Returns whether the rule takes a message.
	 * @throws FilterException if the filter has no result for it; the message names the
	 * rule
	 */
	boolean matches(FilterSubject subject) {
		try {
			return this.filter.matches(subject);
		}
		catch (FilterException ex) {
			throw new FilterException("The filter of rule '" + this.name + "' failed: " + ex.getMessage());
		}
	}

}
