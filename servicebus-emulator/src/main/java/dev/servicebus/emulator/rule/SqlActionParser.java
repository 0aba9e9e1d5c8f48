package dev.servicebus.emulator.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.servicebus.emulator.rule.SqlExpression.Property;
import dev.servicebus.emulator.rule.SqlExpression.SystemValue;
import dev.servicebus.emulator.rule.SqlExpression.UserProperty;
import dev.servicebus.emulator.rule.SqlStatement.RemoveUserProperty;
import dev.servicebus.emulator.rule.SqlStatement.ResetSystemProperty;
import dev.servicebus.emulator.rule.SqlStatement.SetSystemProperty;
import dev.servicebus.emulator.rule.SqlStatement.SetUserProperty;
import org.jspecify.annotations.Nullable;

/**
 * Reads the statements of an action.
 */
final class SqlActionParser {

	/** The most statements of one action. */
	static final int MAX_STATEMENTS = 32;

	private final SqlTokens tokens;

	private final SqlPredicateParser parser;

	SqlActionParser(SqlTokens tokens, Map<String, ? extends @Nullable Object> parameters) {
		this.tokens = tokens;
		this.parser = new SqlPredicateParser(tokens, parameters);
	}

	/**
	 * Reads a text that consists of statements.
	 * @throws SqlSyntaxException if it does not
	 */
	List<SqlStatement> parse() {
		List<SqlStatement> statements = new ArrayList<>();
		boolean more = true;
		while (more) {
			if (statements.size() == MAX_STATEMENTS) {
				throw this.tokens.error("at most " + MAX_STATEMENTS + " statements");
			}
			statements.add(parseStatement());
			more = takeSeparator();
		}
		return List.copyOf(statements);
	}

	/**
	 * Returns whether another statement has to follow. The verb of a statement is
	 * separation enough: the live tests of Azure's Go SDK write actions this way.
	 */
	private boolean takeSeparator() {
		if (this.tokens.takeSymbol(",")) {
			return true;
		}
		boolean separated = this.tokens.takeSymbol(";");
		if (this.tokens.peek().kind() == SqlToken.Kind.END) {
			return false;
		}
		if (!separated && !isVerb(this.tokens.peek())) {
			throw this.tokens.error("';', ',' or the end of the text");
		}
		return true;
	}

	private static boolean isVerb(SqlToken token) {
		return token.isName("SET") || token.isName("REMOVE");
	}

	private SqlStatement parseStatement() {
		SqlToken verb = this.tokens.peek();
		if (verb.isName("SET")) {
			this.tokens.take();
			return parseSet();
		}
		if (verb.isName("REMOVE")) {
			this.tokens.take();
			return parseRemove();
		}
		throw this.tokens.error("SET or REMOVE");
	}

	private SqlStatement parseSet() {
		SqlToken first = this.tokens.peek();
		Property property = this.parser.parseProperty();
		checkSettable(property, first);
		this.tokens.expectSymbol("=");
		SqlExpression value = this.parser.parseExpression();
		return (property instanceof SystemValue system) ? new SetSystemProperty(system.property(), value)
				: new SetUserProperty((UserProperty) property, value);
	}

	private SqlStatement parseRemove() {
		SqlToken first = this.tokens.peek();
		Property property = this.parser.parseProperty();
		checkSettable(property, first);
		return (property instanceof SystemValue system) ? new ResetSystemProperty(system.property())
				: new RemoveUserProperty((UserProperty) property);
	}

	private void checkSettable(Property property, SqlToken first) {
		if (property instanceof SystemValue system && !system.property().isSettable()) {
			throw new SqlSyntaxException(first.position(), SqlToken.quote("sys." + system.property().text()),
					"a property that senders may set");
		}
	}

}
