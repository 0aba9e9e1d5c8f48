package dev.servicebus.emulator.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.servicebus.emulator.rule.SqlToken.Kind;

/**
 * Cuts an SQL text into tokens.
 */
final class SqlLexer {

	/** The most characters of a filter or action. */
	static final int MAX_LENGTH = 1024;

	private static final Set<String> PAIRS = Set.of("<>", "!=", "<=", ">=");

	private static final String SYMBOLS = "=<>+-*/%(),.;";

	private final String text;

	private final List<SqlToken> tokens = new ArrayList<>();

	private int next;

	private SqlLexer(String text) {
		this.text = text;
	}

	/**
	 * Returns the tokens of a text, the last of which is its end.
	 * @throws SqlSyntaxException if something in it is not a token
	 */
	static List<SqlToken> tokenize(String text) {
		if (text.length() > MAX_LENGTH) {
			throw new SqlSyntaxException(MAX_LENGTH + 1, "a text of " + text.length() + " characters",
					"at most " + MAX_LENGTH);
		}
		return new SqlLexer(text).tokenize();
	}

	private List<SqlToken> tokenize() {
		skipSpace();
		while (this.next < this.text.length()) {
			this.tokens.add(token(current()));
			skipSpace();
		}
		this.tokens.add(new SqlToken(Kind.END, "", this.next + 1));
		return this.tokens;
	}

	private SqlToken token(char first) {
		int position = this.next + 1;
		if (isNameStart(first)) {
			return SqlToken.ofWord(word(), position);
		}
		if (isDigit(first) || (first == '.' && isDigit(peek(1)))) {
			return number(position);
		}
		return switch (first) {
			case '\'' -> new SqlToken(Kind.STRING, delimited('\'', "a string"), position);
			case '[' -> new SqlToken(Kind.DELIMITED_NAME, delimitedName(']'), position);
			case '"' -> new SqlToken(Kind.DELIMITED_NAME, delimitedName('"'), position);
			case '@' -> parameter(position);
			default -> symbol(first, position);
		};
	}

	private String word() {
		int start = this.next;
		while (isNamePart(current())) {
			this.next++;
		}
		return this.text.substring(start, this.next);
	}

	private SqlToken parameter(int position) {
		this.next++;
		if (!isNameStart(current())) {
			throw error(position, "'@'", "'@' and the name of a parameter");
		}
		return new SqlToken(Kind.PARAMETER, word(), position);
	}

	private SqlToken number(int position) {
		int start = this.next;
		skipDigits();
		Kind kind = Kind.INTEGER;
		if (current() == '.') {
			kind = Kind.DECIMAL;
			this.next++;
			skipDigits();
		}
		if (current() == 'e' || current() == 'E') {
			kind = Kind.DECIMAL;
			int sign = (peek(1) == '+' || peek(1) == '-') ? 1 : 0;
			if (!isDigit(peek(1 + sign))) {
				throw error(position, "a number without the digits of its exponent", "a number such as 1.5E3");
			}
			this.next += 1 + sign;
			skipDigits();
		}
		String digits = this.text.substring(start, this.next);
		if (isNamePart(current())) {
			throw error(this.next + 1, SqlToken.quote(String.valueOf(current())),
					"an operator or a space after the number " + SqlToken.quote(digits));
		}
		return new SqlToken(kind, digits, position);
	}

	private String delimitedName(char end) {
		int position = this.next + 1;
		String name = delimited(end, "a name");
		if (name.isEmpty()) {
			throw error(position, "an empty name", "the name of a property");
		}
		return name;
	}

	/**
	 * Reads up to a delimiter that is not doubled.
	 */
	private String delimited(char end, String what) {
		int position = this.next + 1;
		StringBuilder content = new StringBuilder();
		this.next++;
		while (this.next < this.text.length()) {
			char character = current();
			if (character == end && peek(1) != end) {
				this.next++;
				return content.toString();
			}
			content.append(character);
			this.next += (character == end) ? 2 : 1;
		}
		throw error(position, what + " without an end", "a closing " + end);
	}

	private SqlToken symbol(char first, int position) {
		String pair = String.valueOf(first) + peek(1);
		String symbol = PAIRS.contains(pair) ? pair : String.valueOf(first);
		if (symbol.length() == 1 && SYMBOLS.indexOf(first) < 0) {
			throw error(position, SqlToken.quote(symbol), "a name, value, operator or parenthesis");
		}
		this.next += symbol.length();
		return new SqlToken(Kind.SYMBOL, symbol, position);
	}

	private void skipDigits() {
		while (isDigit(current())) {
			this.next++;
		}
	}

	private void skipSpace() {
		while (Character.isWhitespace(current()) || Character.isSpaceChar(current())) {
			this.next++;
		}
	}

	private char current() {
		return peek(0);
	}

	/**
	 * Returns a character ahead. There is a NUL behind the end, which no token contains
	 * unless it is delimited.
	 */
	private char peek(int ahead) {
		int index = this.next + ahead;
		return (index < this.text.length()) ? this.text.charAt(index) : '\0';
	}

	private static boolean isNameStart(char character) {
		return Character.isLetter(character) || character == '_';
	}

	private static boolean isNamePart(char character) {
		return isNameStart(character) || Character.isDigit(character);
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private static SqlSyntaxException error(int position, String found, String expected) {
		return new SqlSyntaxException(position, found, expected);
	}

}
