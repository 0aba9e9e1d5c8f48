package dev.servicebus.emulator.rule;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A compiled pattern of LIKE: {@code %} stands for any characters, {@code _} for one.
 * Immutable. Matching takes at most as many steps as text and pattern have characters,
 * multiplied.
 */
final class LikePattern {

	/** The most characters of a pattern, which no text in a rule exceeds. */
	static final int MAX_LENGTH = 1024;

	private static final int ANY_SEQUENCE = -1;

	private static final int ANY_CHARACTER = -2;

	/** Characters, and what stands for any. */
	private final int[] elements;

	private LikePattern(int[] elements) {
		this.elements = elements;
	}

	/**
	 * Compiles a pattern.
	 * @param pattern the text
	 * @param escape the one character that makes the next one stand for itself,
	 * {@code null} for none
	 * @throws IllegalArgumentException if there is no such pattern, with a message that
	 * says why
	 */
	static LikePattern compile(String pattern, @Nullable String escape) {
		if (escape != null && escape.length() != 1) {
			throw new IllegalArgumentException("the escape character is not exactly one character");
		}
		if (pattern.length() > MAX_LENGTH) {
			throw new IllegalArgumentException("the pattern has more than " + MAX_LENGTH + " characters");
		}
		int[] elements = new int[pattern.length()];
		int size = 0;
		for (int i = 0; i < pattern.length(); i++) {
			char next = pattern.charAt(i);
			if (escape != null && next == escape.charAt(0)) {
				i++;
				if (i == pattern.length()) {
					throw new IllegalArgumentException("the pattern ends with its escape character");
				}
				elements[size++] = pattern.charAt(i);
			}
			else {
				elements[size++] = element(next);
			}
		}
		return new LikePattern(Arrays.copyOf(elements, size));
	}

	/**
	 * Returns whether a whole text fits. Only the last {@code %} is ever taken back,
	 * since what an earlier one could take more, the last one can take as well.
	 */
	boolean matches(String text) {
		int element = 0;
		int sequence = -1;
		int sequenceEnd = 0;
		int position = 0;
		while (position < text.length()) {
			if (element < this.elements.length && this.elements[element] == ANY_SEQUENCE) {
				sequence = element++;
				sequenceEnd = position;
			}
			else if (element < this.elements.length && fits(this.elements[element], text.charAt(position))) {
				element++;
				position++;
			}
			else if (sequence >= 0) {
				element = sequence + 1;
				position = ++sequenceEnd;
			}
			else {
				return false;
			}
		}
		return isAnySequence(element);
	}

	private boolean isAnySequence(int from) {
		for (int i = from; i < this.elements.length; i++) {
			if (this.elements[i] != ANY_SEQUENCE) {
				return false;
			}
		}
		return true;
	}

	private static int element(char character) {
		return switch (character) {
			case '%' -> ANY_SEQUENCE;
			case '_' -> ANY_CHARACTER;
			default -> character;
		};
	}

	private static boolean fits(int element, char character) {
		return element == character || element == ANY_CHARACTER;
	}

}
