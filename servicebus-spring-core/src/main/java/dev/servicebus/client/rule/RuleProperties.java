package dev.servicebus.client.rule;

import java.time.OffsetDateTime;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A rule of a subscription. Immutable.
 *
 * @param name the name of the rule, unique within its subscription; 1 to
 * {@value #MAX_NAME_LENGTH} characters
 * @param filter which messages it lets through
 * @param action what it changes about them, {@code null} for nothing
 * @param createdAt when the broker made the rule, {@code null} as long as it has not; not
 * sent
 */
public record RuleProperties(String name, RuleFilter filter, @Nullable RuleAction action,
		@Nullable OffsetDateTime createdAt) {

	/**
	 * The rule that a subscription has from its beginning; it lets everything through.
	 */
	public static final String DEFAULT_RULE = "$Default";

	/** The service accepts no longer names. */
	public static final int MAX_NAME_LENGTH = 50;

	public RuleProperties {
		Objects.requireNonNull(filter, "filter");
		if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
			throw new IllegalArgumentException(
					"name of a rule must have 1 to " + MAX_NAME_LENGTH + " characters but is '" + name + "'");
		}
	}

	/**
	 * A rule without action.
	 */
	public static RuleProperties of(String name, RuleFilter filter) {
		return new RuleProperties(name, filter, null, null);
	}

	public RuleProperties withFilter(RuleFilter newFilter) {
		return new RuleProperties(this.name, newFilter, this.action, this.createdAt);
	}

	public RuleProperties withAction(@Nullable RuleAction newAction) {
		return new RuleProperties(this.name, this.filter, newAction, this.createdAt);
	}

}
