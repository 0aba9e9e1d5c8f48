package dev.servicebus.emulator.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.servicebus.emulator.entity.EntityName;

/**
 * The names of one kind of thing within one place. Names must be well-formed and differ
 * by more than their case.
 */
final class Names {

	private static final Predicate<String> RULE = Pattern.compile("[^/\\\\@?#*\\p{Cntrl}]{1,50}").asMatchPredicate();

	private final Predicate<String> wellFormed;

	private final String rule;

	private final Set<String> keys = new HashSet<>();

	private Names(Predicate<String> wellFormed, String rule) {
		this.wellFormed = wellFormed;
		this.rule = rule;
	}

	static Names ofEntities() {
		return new Names(EntityName::isPath, "have up to 260 letters, digits and characters of . - _ ~ /,"
				+ " begin and end with a letter or digit, and not contain the segment 'subscriptions'");
	}

	static Names ofSubscriptions() {
		return new Names(EntityName::isSubscription, "have up to 50 letters, digits and characters of . - _ ~"
				+ " and begin and end with a letter or digit");
	}

	static Names ofRules() {
		return new Names(RULE, "have up to 50 characters other than / \\ @ ? # *");
	}

	/**
	 * Reads the name of the next thing.
	 */
	String read(ConfigNode thing) {
		ConfigNode node = thing.require("Name");
		String name = node.nonBlankText();
		if (!this.wellFormed.test(name)) {
			throw node.error("'" + ConfigNode.shortened(name) + "' is not a valid name; it must " + this.rule);
		}
		if (!this.keys.add(key(name))) {
			throw node.error("the name '" + name + "' is taken by an earlier entry; case does not count");
		}
		return name;
	}

	boolean contains(String name) {
		return this.keys.contains(key(name));
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
