package dev.servicebus.emulator.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/**
 * Guesses what a misspelled name should have been.
 */
final class Suggestion {

	private static final int MAX_NAME_LENGTH = 64;

	private Suggestion() {
	}

	/**
	 * Returns a question to append to an error, empty if no known name is near.
	 */
	static String of(String name, Collection<String> known) {
		if (name.length() > MAX_NAME_LENGTH) {
			return "";
		}
		return known.stream()
			.min(Comparator.<String>comparingInt((candidate) -> distance(name, candidate))
				.thenComparing(Comparator.naturalOrder()))
			.filter((candidate) -> distance(name, candidate) <= Math.max(1, candidate.length() / 4))
			.map((candidate) -> ", did you mean '" + candidate + "'?")
			.orElse("");
	}

	/**
	 * The Levenshtein distance without regard to case.
	 */
	private static int distance(String name, String candidate) {
		String left = name.toLowerCase(Locale.ROOT);
		String right = candidate.toLowerCase(Locale.ROOT);
		int[] row = new int[right.length() + 1];
		for (int j = 0; j <= right.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= right.length(); j++) {
				int substituted = diagonal + ((left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
			}
		}
		return row[right.length()];
	}

}
