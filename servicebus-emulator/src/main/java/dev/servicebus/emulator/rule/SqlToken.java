package dev.servicebus.emulator.rule;

import java.util.Locale;
import java.util.Set;

/**
 * The smallest part of an SQL text.
 *
 * @param kind what it is
 * @param text a keyword in upper case, a symbol or a number as written, anything else
 * without its delimiters and doublings
 * @param position where it begins, counted from 1
 */
record SqlToken(Kind kind, String text, int position) {

	private static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT", "IS", "NULL", "IN", "LIKE", "ESCAPE",
			"EXISTS", "TRUE", "FALSE");

	private static final int MAX_SHOWN = 40;

	static SqlToken ofWord(String word, int position) {
		String upperCase = word.toUpperCase(Locale.ROOT);
		return KEYWORDS.contains(upperCase) ? new SqlToken(Kind.KEYWORD, upperCase, position)
				: new SqlToken(Kind.NAME, word, position);
	}

	boolean isKeyword(String keyword) {
		return this.kind == Kind.KEYWORD && this.text.equals(keyword);
	}

	boolean isSymbol(String symbol) {
		return this.kind == Kind.SYMBOL && this.text.equals(symbol);
	}

	/**
	 * Whether it is this name, in whatever case and without delimiters.
	 */
	boolean isName(String name) {
		return this.kind == Kind.NAME && this.text.equalsIgnoreCase(name);
	}

	/**
	 * A property of that name may be meant.
	 */
	boolean isIdentifier() {
		return this.kind == Kind.NAME || this.kind == Kind.DELIMITED_NAME;
	}

	/**
	 * The token in words, short and printable.
	 */
	String describe() {
		return switch (this.kind) {
			case END -> "the end of the text";
			case STRING -> "the string " + quote(this.text);
			case INTEGER, DECIMAL -> "the number " + quote(this.text);
			case PARAMETER -> quote("@" + this.text);
			case KEYWORD, NAME, DELIMITED_NAME, SYMBOL -> quote(this.text);
		};
	}

	static String quote(String text) {
		StringBuilder quoted = new StringBuilder("'");
		for (int i = 0; i < Math.min(text.length(), MAX_SHOWN); i++) {
			char next = text.charAt(i);
			quoted.append((Character.isISOControl(next) || Character.isSurrogate(next)) ? '?' : next);
		}
		return quoted.append((text.length() > MAX_SHOWN) ? "...'" : "'").toString();
	}

	enum Kind {

		/** A reserved word. */
		KEYWORD,

		/** A regular identifier. */
		NAME,

		/** An identifier in brackets or double quotes. */
		DELIMITED_NAME,

		/** An identifier after {@code @}. */
		PARAMETER,

		STRING,

		/** Digits only. */
		INTEGER,

		/** Digits with a point, an exponent or both. */
		DECIMAL,

		/** An operator or punctuation. */
		SYMBOL,

		/** Comes once, last. */
		END

	}

}
