package dev.servicebus.emulator.rule;

import java.util.List;

/**
 * The tokens of one text, read from front to back. Watches how deep a parser goes.
 */
final class SqlTokens {

	/** The most parentheses, functions and prefixes within each other. */
	static final int MAX_DEPTH = 32;

	private final List<SqlToken> tokens;

	private int next;

	private int depth;

	SqlTokens(String text) {
		this.tokens = SqlLexer.tokenize(text);
	}

	SqlToken peek() {
		return this.tokens.get(this.next);
	}

	/**
	 * Returns the token behind the next one, or the end.
	 */
	SqlToken peekSecond() {
		return this.tokens.get(Math.min(this.next + 1, this.tokens.size() - 1));
	}

	/**
	 * Takes the next token. The end stays the next one for ever.
	 */
	SqlToken take() {
		SqlToken token = peek();
		if (token.kind() != SqlToken.Kind.END) {
			this.next++;
		}
		return token;
	}

	boolean takeKeyword(String keyword) {
		return takeIf(peek().isKeyword(keyword));
	}

	boolean takeSymbol(String symbol) {
		return takeIf(peek().isSymbol(symbol));
	}

	void expectKeyword(String keyword) {
		if (!takeKeyword(keyword)) {
			throw error("'" + keyword + "'");
		}
	}

	void expectSymbol(String symbol) {
		if (!takeSymbol(symbol)) {
			throw error("'" + symbol + "'");
		}
	}

	/**
	 * Marks the begin of something that may contain its like.
	 */
	void enter() {
		if (++this.depth > MAX_DEPTH) {
			throw error("at most " + MAX_DEPTH + " levels of nesting");
		}
	}

	/**
	 * Marks the end of what {@link #enter()} began.
	 */
	void leave() {
		this.depth--;
	}

	/**
	 * Makes the error of the next token.
	 * @param expected what would be valid instead
	 */
	SqlSyntaxException error(String expected) {
		return error(peek(), expected);
	}

	SqlSyntaxException error(SqlToken token, String expected) {
		return new SqlSyntaxException(token.position(), token.describe(), expected);
	}

	private boolean takeIf(boolean matches) {
		if (matches) {
			this.next++;
		}
		return matches;
	}

}
