package dev.servicebus.emulator.rule;

import org.jspecify.annotations.Nullable;

/**
 * One copy of a message that a subscription gets. Immutable.
 *
 * @param rule whose action changes the copy, {@code null} for the one copy of all the
 * rules without an action
 */
public record RuleCopy(@Nullable Rule rule) {

	/** The application property in which a changed copy names its rule. */
	public static final String RULE_NAME = "RuleName";

	static final RuleCopy UNCHANGED = new RuleCopy(null);

	/**
	 * Returns whether the copy is the message as it came.
	 */
	public boolean isUnchanged() {
		return this.rule == null;
	}

	/**
	 * Makes the changes of the rule to a message: those of its action, then its name.
	 * @throws FilterException if the action fails; the target is then of no use, and the
	 * message names the rule
	 */
	public void applyTo(RuleTarget target) {
		if (this.rule == null || this.rule.action() == null) {
			return;
		}
		try {
			this.rule.action().applyTo(target);
		}
		catch (FilterException ex) {
			throw new FilterException("The action of rule '" + this.rule.name() + "' failed: " + ex.getMessage());
		}
		target.setUserProperty(RULE_NAME, this.rule.name());
	}

}
