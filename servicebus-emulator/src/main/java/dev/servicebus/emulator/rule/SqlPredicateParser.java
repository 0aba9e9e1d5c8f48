package dev.servicebus.emulator.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.servicebus.emulator.rule.SqlExpression.Literal;
import dev.servicebus.emulator.rule.SqlExpression.Property;
import dev.servicebus.emulator.rule.SqlPredicate.And;
import dev.servicebus.emulator.rule.SqlPredicate.Comparison;
import dev.servicebus.emulator.rule.SqlPredicate.Exists;
import dev.servicebus.emulator.rule.SqlPredicate.In;
import dev.servicebus.emulator.rule.SqlPredicate.IsNull;
import dev.servicebus.emulator.rule.SqlPredicate.Like;
import dev.servicebus.emulator.rule.SqlPredicate.LikeConstant;
import dev.servicebus.emulator.rule.SqlPredicate.Not;
import dev.servicebus.emulator.rule.SqlPredicate.Or;
import org.jspecify.annotations.Nullable;

/**
 * Reads conditions by recursive descent, one method per level of precedence, the weakest
 * first.
 */
final class SqlPredicateParser {

	private final SqlTokens tokens;

	private final SqlOperandParser operands;

	private final SqlExpressionParser expressions;

	/**
	 * A parser that takes from the given tokens.
	 * @param tokens the text
	 * @param parameters the values of parameters by their names, with or without
	 * {@code @}
	 */
	SqlPredicateParser(SqlTokens tokens, Map<String, ? extends @Nullable Object> parameters) {
		this.tokens = tokens;
		this.operands = new SqlOperandParser(tokens, parameters);
		this.expressions = new SqlExpressionParser(tokens, this.operands, this::parseOr);
	}

	/**
	 * Reads a text that is one condition.
	 * @throws SqlSyntaxException if it is not
	 */
	SqlPredicate parse() {
		SqlToken first = this.tokens.peek();
		SqlPredicate predicate = require(parseOr(), first);
		if (this.tokens.peek().kind() != SqlToken.Kind.END) {
			throw this.tokens.error("AND, OR or the end of the text");
		}
		return predicate;
	}

	SqlExpression parseExpression() {
		return this.expressions.parse();
	}

	Property parseProperty() {
		return this.operands.parseProperty();
	}

	private SqlNode parseOr() {
		SqlToken first = this.tokens.peek();
		SqlNode node = parseAnd();
		if (!this.tokens.peek().isKeyword("OR")) {
			return node;
		}
		List<SqlPredicate> alternatives = new ArrayList<>();
		alternatives.add(require(node, first));
		while (this.tokens.takeKeyword("OR")) {
			SqlToken next = this.tokens.peek();
			alternatives.add(require(parseAnd(), next));
		}
		return new Or(List.copyOf(alternatives));
	}

	private SqlNode parseAnd() {
		SqlToken first = this.tokens.peek();
		SqlNode node = parseNot();
		if (!this.tokens.peek().isKeyword("AND")) {
			return node;
		}
		List<SqlPredicate> conditions = new ArrayList<>();
		conditions.add(require(node, first));
		while (this.tokens.takeKeyword("AND")) {
			SqlToken next = this.tokens.peek();
			conditions.add(require(parseNot(), next));
		}
		return new And(List.copyOf(conditions));
	}

	private SqlNode parseNot() {
		if (!this.tokens.takeKeyword("NOT")) {
			return this.tokens.takeKeyword("EXISTS") ? parseExists() : parseComparison();
		}
		this.tokens.enter();
		SqlToken first = this.tokens.peek();
		SqlPredicate operand = require(parseNot(), first);
		this.tokens.leave();
		return new Not(operand);
	}

	private SqlPredicate parseExists() {
		this.tokens.expectSymbol("(");
		Property property = parseProperty();
		this.tokens.expectSymbol(")");
		return new Exists(property);
	}

	/**
	 * Reads a value and what it is compared with, or a condition in parentheses. Nothing
	 * can be compared with a comparison.
	 */
	private SqlNode parseComparison() {
		SqlToken first = this.tokens.peek();
		SqlNode left = this.expressions.parseNode();
		ComparisonOperator operator = ComparisonOperator.find(this.tokens.peek());
		if (operator != null) {
			SqlExpression value = this.expressions.require(left, first);
			this.tokens.take();
			return new Comparison(value, operator, parseExpression());
		}
		if (this.tokens.takeKeyword("IS")) {
			SqlExpression value = this.expressions.require(left, first);
			boolean negated = this.tokens.takeKeyword("NOT");
			this.tokens.expectKeyword("NULL");
			return negate(negated, new IsNull(value));
		}
		boolean negated = this.tokens.takeKeyword("NOT");
		if (this.tokens.takeKeyword("IN")) {
			return negate(negated, parseIn(this.expressions.require(left, first)));
		}
		if (this.tokens.takeKeyword("LIKE")) {
			return negate(negated, parseLike(this.expressions.require(left, first)));
		}
		if (negated) {
			throw this.tokens.error("IN or LIKE");
		}
		return left;
	}

	private SqlPredicate parseIn(SqlExpression value) {
		this.tokens.expectSymbol("(");
		List<SqlExpression> candidates = new ArrayList<>();
		candidates.add(parseExpression());
		while (this.tokens.takeSymbol(",")) {
			candidates.add(parseExpression());
		}
		this.tokens.expectSymbol(")");
		return new In(value, List.copyOf(candidates));
	}

	private SqlPredicate parseLike(SqlExpression value) {
		SqlToken first = this.tokens.peek();
		SqlExpression pattern = parseText();
		SqlExpression escape = this.tokens.takeKeyword("ESCAPE") ? parseText() : null;
		String wildcards = constantText(pattern);
		String escaping = constantText(escape);
		if (wildcards == null || (escape != null && escaping == null)) {
			return new Like(value, pattern, escape);
		}
		try {
			return new LikeConstant(value, LikePattern.compile(wildcards, escaping));
		}
		catch (IllegalArgumentException ex) {
			throw this.tokens.error(first, "a pattern that can be matched, but " + ex.getMessage());
		}
	}

	/**
	 * Reads a value that is known not to be anything but a string.
	 */
	private SqlExpression parseText() {
		SqlToken first = this.tokens.peek();
		SqlExpression expression = parseExpression();
		if (expression instanceof Literal literal && literal.value() != null && !(literal.value() instanceof String)) {
			throw this.tokens.error(first, "a string");
		}
		return expression;
	}

	private SqlPredicate require(SqlNode node, SqlToken first) {
		if (node instanceof SqlPredicate predicate) {
			return predicate;
		}
		throw this.tokens.error("a comparison, IS, IN or LIKE, since " + first.describe() + " at position "
				+ first.position() + " begins a value and not a condition");
	}

	private static @Nullable String constantText(@Nullable SqlExpression expression) {
		return (expression instanceof Literal literal && literal.value() instanceof String text) ? text : null;
	}

	private static SqlPredicate negate(boolean negated, SqlPredicate predicate) {
		return negated ? new Not(predicate) : predicate;
	}

}
