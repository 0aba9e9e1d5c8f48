package dev.servicebus.emulator.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.servicebus.emulator.rule.RuleException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one subscription, in the order in which they came. The case of names does
 * not count. Not thread-safe.
 */
public final class RuleSet {

	private final Map<String, Rule> rules = new LinkedHashMap<>();

	private final Map<Class<? extends RuleFilter>, Integer> filters = new HashMap<>();

	/**
	 * Adds a rule behind the others.
	 * @throws RuleException if there is one of that name
	 */
	public void add(Rule rule) {
		if (this.rules.putIfAbsent(key(rule.name()), rule) != null) {
			throw new RuleException(Reason.ALREADY_EXISTS,
					"The subscription already has a rule named '" + rule.name() + "'");
		}
		count(rule, 1);
	}

	/**
	 * Puts these rules in the place of all the others.
	 * @throws RuleException if two have the same name; nothing is changed then
	 */
	public void replaceAll(List<Rule> newRules) {
		RuleSet replacement = new RuleSet();
		newRules.forEach(replacement::add);
		this.rules.clear();
		this.rules.putAll(replacement.rules);
		this.filters.clear();
		this.filters.putAll(replacement.filters);
	}

	/**
	 * Puts a rule in the place of the one of the same name.
	 * @throws RuleException if there is none
	 */
	public void replace(Rule rule) {
		Rule replaced = this.rules.replace(key(rule.name()), rule);
		if (replaced == null) {
			throw notFound(rule.name());
		}
		count(replaced, -1);
		count(rule, 1);
	}

	/**
	 * Removes a rule. The messages that it has taken stay.
	 * @return the rule
	 * @throws RuleException if there is none of that name
	 */
	public Rule remove(String name) {
		Rule removed = this.rules.remove(key(name));
		if (removed == null) {
			throw notFound(name);
		}
		count(removed, -1);
		return removed;
	}

	public @Nullable Rule find(String name) {
		return this.rules.get(key(name));
	}

	/**
	 * How many rules have a filter of that kind.
	 */
	public int filters(Class<? extends RuleFilter> kind) {
		return this.filters.getOrDefault(kind, 0);
	}

	/**
	 * The rules as they are now.
	 */
	public List<Rule> rules() {
		return List.copyOf(this.rules.values());
	}

	/**
	 * Decides which copies of a message the subscription gets: one for all the matching
	 * rules that have no action, and one more for each that has. Every rule is asked, so
	 * that the failures do not depend on the order of the rules.
	 */
	public RuleMatch match(FilterSubject subject) {
		boolean unchanged = false;
		List<RuleCopy> changed = new ArrayList<>(0);
		List<FilterException> failures = new ArrayList<>(0);
		for (Rule rule : this.rules.values()) {
			try {
				boolean matches = rule.matches(subject);
				if (matches && rule.action() == null) {
					unchanged = true;
				}
				else if (matches) {
					changed.add(new RuleCopy(rule));
				}
			}
			catch (FilterException ex) {
				failures.add(ex);
			}
		}
		return RuleMatch.of(unchanged, changed, failures);
	}

	private void count(Rule rule, int change) {
		this.filters.merge(rule.filter().getClass(), change, Integer::sum);
	}

	private static RuleException notFound(String name) {
		return new RuleException(Reason.NOT_FOUND, "The subscription has no rule named " + SqlToken.quote(name));
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
