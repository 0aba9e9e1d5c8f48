package dev.servicebus.emulator.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * What the rules of a subscription say of a message. Immutable.
 *
 * @param copies what the subscription gets: at most one unchanged copy, then one for each
 * rule with an action in the order of the rules
 * @param failures of the filters that have no result
 */
public record RuleMatch(List<RuleCopy> copies, List<FilterException> failures) {

	private static final RuleMatch NONE = new RuleMatch(List.of(), List.of());

	private static final RuleMatch UNCHANGED = new RuleMatch(List.of(RuleCopy.UNCHANGED), List.of());

	public RuleMatch {
		copies = List.copyOf(copies);
		failures = List.copyOf(failures);
	}

	/**
	 * The two matches that nearly every message has are always the same objects.
	 */
	static RuleMatch of(boolean unchanged, List<RuleCopy> changed, List<FilterException> failures) {
		if (changed.isEmpty() && failures.isEmpty()) {
			return unchanged ? UNCHANGED : NONE;
		}
		List<RuleCopy> copies = new ArrayList<>(changed);
		if (unchanged) {
			copies.add(0, RuleCopy.UNCHANGED);
		}
		return new RuleMatch(copies, failures);
	}

}
