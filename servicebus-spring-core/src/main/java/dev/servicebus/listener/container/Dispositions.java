package dev.servicebus.listener.container;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;

/**
 * Dispositions that a broker takes, and that may be shared.
 */
final class Dispositions {

	static final Disposition COMPLETE = new Disposition.Complete();

	static final Disposition RELEASE = new Disposition.Release();

	static final Disposition ABANDON = new Disposition.Abandon(Map.of());

	private Dispositions() {
	}

	static Disposition deadLetter(String reason, String description, Map<String, Object> propertiesToModify) {
		return new Disposition.DeadLetter(limited(reason), limited(description), propertiesToModify);
	}

	/**
	 * Cuts a text to what the service takes, without splitting a character, and escapes
	 * what could forge a line where it is shown later.
	 */
	static String limited(@Nullable String text) {
		if (text == null) {
			return "";
		}
		StringBuilder limited = new StringBuilder(Math.min(text.length(), Disposition.DeadLetter.MAX_TEXT_LENGTH));
		for (int index = 0; index < text.length();) {
			int codePoint = text.codePointAt(index);
			String shown = shown(codePoint);
			if (limited.length() + shown.length() > Disposition.DeadLetter.MAX_TEXT_LENGTH) {
				break;
			}
			limited.append(shown);
			index += Character.charCount(codePoint);
		}
		return limited.toString();
	}

	private static String shown(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL -> switch (codePoint) {
				case '\n' -> "\\n";
				case '\r' -> "\\r";
				case '\t' -> "\\t";
				default -> String.format("\\u%04x", codePoint);
			};
			case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				String.format("\\u%04x", codePoint);
			default -> Character.toString(codePoint);
		};
	}

}
