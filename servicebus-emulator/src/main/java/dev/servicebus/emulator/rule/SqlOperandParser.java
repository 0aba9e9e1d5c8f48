package dev.servicebus.emulator.rule;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.servicebus.emulator.rule.SqlExpression.Literal;
import dev.servicebus.emulator.rule.SqlExpression.Property;
import dev.servicebus.emulator.rule.SqlExpression.SystemValue;
import dev.servicebus.emulator.rule.SqlExpression.UserProperty;
import org.jspecify.annotations.Nullable;

/**
 * Reads the operands that consist of nothing but themselves: constants, parameters and
 * properties.
 */
final class SqlOperandParser {

	static final String EXPECTED_VALUE = "a value: a constant, property, function, parameter or '('";

	private static final String PARAMETER_PREFIX = "@";

	private final SqlTokens tokens;

	private final Map<String, @Nullable Object> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	/**
	 * A parser that takes from the given tokens.
	 * @param tokens the text
	 * @param parameters the values of parameters by their names, with or without
	 * {@code @}
	 */
	SqlOperandParser(SqlTokens tokens, Map<String, ? extends @Nullable Object> parameters) {
		this.tokens = tokens;
		parameters.forEach((name, value) -> this.parameters
			.put(name.startsWith(PARAMETER_PREFIX) ? name.substring(1) : name, value));
	}

	SqlExpression parse() {
		SqlToken token = this.tokens.peek();
		if (token.isIdentifier()) {
			return parseProperty();
		}
		Literal literal = switch (token.kind()) {
			case STRING -> new Literal(token.text());
			case INTEGER -> new Literal(integer(token, ""));
			case DECIMAL -> new Literal(decimal(token));
			case PARAMETER -> new Literal(parameter(token));
			case KEYWORD -> keyword(token);
			default -> throw this.tokens.error(EXPECTED_VALUE);
		};
		this.tokens.take();
		return literal;
	}

	/**
	 * Reads an integer behind a minus, since the smallest one has no positive
	 * counterpart.
	 */
	SqlExpression parseNegativeInteger() {
		return new Literal(integer(this.tokens.take(), "-"));
	}

	Property parseProperty() {
		SqlToken first = this.tokens.peek();
		if (!first.isIdentifier()) {
			throw this.tokens.error("the name of a property");
		}
		this.tokens.take();
		if (!this.tokens.takeSymbol(".")) {
			return new UserProperty(first.text());
		}
		SqlToken name = this.tokens.peek();
		if (!name.isIdentifier()) {
			throw this.tokens.error("the name of a property");
		}
		this.tokens.take();
		if (first.isName("user")) {
			return new UserProperty(name.text());
		}
		if (!first.isName("sys")) {
			throw this.tokens.error(first, "the scope 'sys' or 'user' before the point");
		}
		return new SystemValue(systemProperty(name));
	}

	private SystemProperty systemProperty(SqlToken name) {
		SystemProperty property = SystemProperty.find(name.text());
		if (property != null) {
			return property;
		}
		Set<String> names = new TreeSet<>();
		for (SystemProperty known : SystemProperty.values()) {
			names.add(known.text());
		}
		throw this.tokens.error(name, "one of the system properties " + String.join(", ", names));
	}

	private Literal keyword(SqlToken token) {
		return switch (token.text()) {
			case "TRUE" -> new Literal(Boolean.TRUE);
			case "FALSE" -> new Literal(Boolean.FALSE);
			case "NULL" -> new Literal(null);
			default -> throw this.tokens.error(EXPECTED_VALUE);
		};
	}

	private Long integer(SqlToken token, String sign) {
		try {
			return Long.valueOf(sign + token.text());
		}
		catch (NumberFormatException ex) {
			throw this.tokens.error(token, "an integer of at most 64 bits");
		}
	}

	private Double decimal(SqlToken token) {
		Double value = Double.valueOf(token.text());
		if (value.isInfinite()) {
			throw this.tokens.error(token, "a number up to " + Double.MAX_VALUE);
		}
		return value;
	}

	private @Nullable Object parameter(SqlToken token) {
		if (this.parameters.containsKey(token.text())) {
			return this.parameters.get(token.text());
		}
		throw this.tokens.error(token, this.parameters.isEmpty() ? "no parameter, since none has a value"
				: "one of the parameters " + String.join(", ", this.parameters.keySet()));
	}

}
