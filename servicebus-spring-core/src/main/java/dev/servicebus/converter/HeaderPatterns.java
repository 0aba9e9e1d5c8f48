package dev.servicebus.converter;

import java.util.List;

import org.springframework.util.PatternMatchUtils;

/**
 * A choice of names. Immutable.
 *
 * @param include names, or patterns in which {@code *} stands for any text; empty for all
 * @param exclude names or patterns of those that are left out of these
 */
public record HeaderPatterns(List<String> include, List<String> exclude) {

	/** Every name. */
	public static final HeaderPatterns ALL = new HeaderPatterns(List.of(), List.of());

	public HeaderPatterns {
		include = List.copyOf(include);
		exclude = List.copyOf(exclude);
	}

	boolean matches(String name) {
		return (this.include.isEmpty() || any(this.include, name)) && !any(this.exclude, name);
	}

	private static boolean any(List<String> patterns, String name) {
		for (String pattern : patterns) {
			if (PatternMatchUtils.simpleMatch(pattern, name)) {
				return true;
			}
		}
		return false;
	}

}
