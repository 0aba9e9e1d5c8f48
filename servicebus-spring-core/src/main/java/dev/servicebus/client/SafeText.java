package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * Makes text of a peer safe to print: it can neither forge log lines nor flood them.
 */
final class SafeText {

	private SafeText() {
	}

	/**
	 * Escapes control characters, and cuts the text to {@code maxLength} characters
	 * without splitting a surrogate pair or an escape.
	 */
	static @Nullable String of(@Nullable String text, int maxLength) {
		if (text == null || isSafe(text, maxLength)) {
			return text;
		}
		StringBuilder safe = new StringBuilder(Math.min(text.length(), maxLength));
		for (int index = 0; index < text.length();) {
			int codePoint = text.codePointAt(index);
			String shown = shown(codePoint);
			if (safe.length() + shown.length() > maxLength - 1) {
				return safe.append('…').toString();
			}
			safe.append(shown);
			index += Character.charCount(codePoint);
		}
		return safe.toString();
	}

	private static boolean isSafe(String text, int maxLength) {
		if (text.length() >= maxLength) {
			return false;
		}
		int index = 0;
		while (index < text.length() && !isUnsafe(text.codePointAt(index))) {
			index += Character.charCount(text.codePointAt(index));
		}
		return index == text.length();
	}

	private static String shown(int codePoint) {
		if (!isUnsafe(codePoint)) {
			return Character.toString(codePoint);
		}
		return switch (codePoint) {
			case '\n' -> "\\n";
			case '\r' -> "\\r";
			case '\t' -> "\\t";
			default -> String.format("\\u%04x", codePoint);
		};
	}

	/**
	 * Format characters can reorder what a terminal shows, separators can break lines.
	 */
	private static boolean isUnsafe(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.UNASSIGNED ->
				true;
			default -> false;
		};
	}

}
