package dev.servicebus.emulator.auth;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The authorization rules of a namespace and of its entities. Immutable.
 *
 * <p>
 * A rule holds for the place where it stands and for everything below it. Names of rules
 * are unique within one place only.
 */
public final class AccessControl {

	/** The name of the rule that connection strings for emulators carry. */
	public static final String DEFAULT_RULE_NAME = "RootManageSharedAccessKey";

	/** The key of that rule: public, and therefore for one's own machine only. */
	public static final String DEFAULT_KEY = "SAS_KEY_VALUE";

	/** No rule at all: every token is refused. */
	public static final AccessControl NONE = new AccessControl(new TreeMap<>());

	/** One rule for the namespace, {@value #DEFAULT_RULE_NAME}, with all rights. */
	public static final AccessControl DEFAULTS = NONE
		.withRule(AuthorizationRule.allRights(DEFAULT_RULE_NAME, DEFAULT_KEY));

	private static final String NAMESPACE = "";

	private final SortedMap<String, Map<String, AuthorizationRule>> rules;

	private AccessControl(SortedMap<String, Map<String, AuthorizationRule>> rules) {
		this.rules = rules;
	}

	/**
	 * Adds a rule for the whole namespace. It takes the place of one of the same name.
	 */
	public AccessControl withRule(AuthorizationRule rule) {
		return with(NAMESPACE, rule);
	}

	/**
	 * Adds a rule for one entity. It takes the place of one of the same name there.
	 * @param entity the path of a queue or topic, for example {@code orders}
	 * @param rule the rule
	 */
	public AccessControl withEntityRule(String entity, AuthorizationRule rule) {
		String path = ResourcePath.normalize(entity);
		if (path.isEmpty()) {
			throw new IllegalArgumentException("Authorization rule '" + rule.name() + "' needs the path of an entity");
		}
		return with(path, rule);
	}

	/**
	 * Gives one entity these rules and no others.
	 * @param entity the path of a queue or topic
	 * @param entityRules the rules, none to remove those that it has
	 */
	public AccessControl withEntityRules(String entity, Collection<AuthorizationRule> entityRules) {
		AccessControl others = without(entity);
		for (AuthorizationRule rule : entityRules) {
			others = others.withEntityRule(entity, rule);
		}
		return others;
	}

	/**
	 * The rules that stand at one entity, in the order in which they came.
	 * @param entity the path of a queue or topic
	 */
	public List<AuthorizationRule> entityRules(String entity) {
		String path = ResourcePath.normalize(entity);
		return path.isEmpty() ? List.of() : List.copyOf(this.rules.getOrDefault(path, Map.of()).values());
	}

	/**
	 * Whether the public default key opens this namespace.
	 */
	public boolean acceptsDefaultKey() {
		return this.rules.values()
			.stream()
			.flatMap((place) -> place.values().stream())
			.anyMatch((rule) -> DEFAULT_KEY.equals(rule.primaryKey()) || DEFAULT_KEY.equals(rule.secondaryKey()));
	}

	/**
	 * The rules of that name that hold for a resource, by the place where they stand, the
	 * nearest first.
	 */
	Map<String, AuthorizationRule> rulesFor(String path, String ruleName) {
		Map<String, AuthorizationRule> found = new LinkedHashMap<>();
		String place = path;
		while (true) {
			AuthorizationRule rule = this.rules.getOrDefault(place, Map.of()).get(ruleName);
			if (rule != null) {
				found.put(place, rule);
			}
			if (place.isEmpty()) {
				return found;
			}
			place = place.substring(0, Math.max(0, place.lastIndexOf('/')));
		}
	}

	/**
	 * All rules of that name by the place where they stand, the namespace first.
	 */
	Map<String, AuthorizationRule> rulesNamed(String ruleName) {
		Map<String, AuthorizationRule> found = new LinkedHashMap<>();
		this.rules.forEach((place, rulesOfPlace) -> {
			AuthorizationRule rule = rulesOfPlace.get(ruleName);
			if (rule != null) {
				found.put(place, rule);
			}
		});
		return found;
	}

	@Override
	public String toString() {
		return "AccessControl" + this.rules;
	}

	private AccessControl without(String entity) {
		SortedMap<String, Map<String, AuthorizationRule>> copy = new TreeMap<>(this.rules);
		String path = ResourcePath.normalize(entity);
		if (!path.isEmpty()) {
			copy.remove(path);
		}
		return new AccessControl(copy);
	}

	private AccessControl with(String place, AuthorizationRule rule) {
		SortedMap<String, Map<String, AuthorizationRule>> copy = new TreeMap<>(this.rules);
		Map<String, AuthorizationRule> rulesOfPlace = new LinkedHashMap<>(copy.getOrDefault(place, Map.of()));
		rulesOfPlace.put(rule.name(), rule);
		copy.put(place, rulesOfPlace);
		return new AccessControl(copy);
	}

}
