package dev.servicebus.emulator.rule;

import java.util.function.Supplier;

import dev.servicebus.emulator.rule.SqlExpression.Arithmetic;
import dev.servicebus.emulator.rule.SqlExpression.Literal;
import dev.servicebus.emulator.rule.SqlExpression.NamedProperty;
import dev.servicebus.emulator.rule.SqlExpression.NewId;
import org.jspecify.annotations.Nullable;

/**
 * Reads values: operators by precedence climbing, and what they stand between. Conditions
 * and values share their parentheses, so what comes back may be either until an operator
 * needs it to be a value.
 */
final class SqlExpressionParser {

	private static final Literal ZERO = new Literal(0L);

	private final SqlTokens tokens;

	private final SqlOperandParser operands;

	private final Supplier<SqlNode> groups;

	/**
	 * A parser that takes from the given tokens.
	 * @param groups reads what stands in parentheses
	 */
	SqlExpressionParser(SqlTokens tokens, SqlOperandParser operands, Supplier<SqlNode> groups) {
		this.tokens = tokens;
		this.operands = operands;
		this.groups = groups;
	}

	/**
	 * Reads what has to be a value.
	 */
	SqlExpression parse() {
		SqlToken first = this.tokens.peek();
		return require(parseNode(), first);
	}

	/**
	 * Reads a value, or a condition in parentheses.
	 */
	SqlNode parseNode() {
		return parseNode(ArithmeticOperator.ADD.precedence());
	}

	/**
	 * Returns a node that has to be a value.
	 * @param first the token that it begins with
	 */
	SqlExpression require(SqlNode node, SqlToken first) {
		if (node instanceof SqlExpression expression) {
			return expression;
		}
		throw this.tokens.error(first, "a value, but what begins here is a condition");
	}

	private SqlNode parseNode(int precedence) {
		SqlToken first = this.tokens.peek();
		SqlNode left = parseSigned();
		ArithmeticOperator operator = nextOperator(precedence);
		while (operator != null) {
			SqlExpression operand = require(left, first);
			this.tokens.take();
			SqlToken next = this.tokens.peek();
			left = new Arithmetic(operand, operator, require(parseNode(operator.precedence() + 1), next));
			operator = nextOperator(precedence);
		}
		return left;
	}

	private @Nullable ArithmeticOperator nextOperator(int precedence) {
		ArithmeticOperator operator = ArithmeticOperator.find(this.tokens.peek());
		return (operator != null && operator.precedence() >= precedence) ? operator : null;
	}

	/**
	 * A sign is a calculation with zero: of anything but a number it is unknown.
	 */
	private SqlNode parseSigned() {
		ArithmeticOperator sign = nextOperator(ArithmeticOperator.ADD.precedence());
		if (sign != ArithmeticOperator.ADD && sign != ArithmeticOperator.SUBTRACT) {
			return parseOperand();
		}
		this.tokens.take();
		SqlToken first = this.tokens.peek();
		if (sign == ArithmeticOperator.SUBTRACT && first.kind() == SqlToken.Kind.INTEGER) {
			return this.operands.parseNegativeInteger();
		}
		this.tokens.enter();
		SqlExpression operand = require(parseSigned(), first);
		this.tokens.leave();
		return new Arithmetic(ZERO, sign, operand);
	}

	private SqlNode parseOperand() {
		SqlToken token = this.tokens.peek();
		if (token.isSymbol("(")) {
			return parseGroup();
		}
		if (token.kind() == SqlToken.Kind.NAME && this.tokens.peekSecond().isSymbol("(")) {
			return parseFunction(token);
		}
		return this.operands.parse();
	}

	private SqlNode parseGroup() {
		this.tokens.enter();
		this.tokens.expectSymbol("(");
		SqlNode node = this.groups.get();
		this.tokens.expectSymbol(")");
		this.tokens.leave();
		return node;
	}

	private SqlExpression parseFunction(SqlToken name) {
		this.tokens.enter();
		this.tokens.take();
		this.tokens.expectSymbol("(");
		SqlExpression function;
		if (name.isName("newid")) {
			function = new NewId();
		}
		else if (name.isName("property") || name.isName("p")) {
			function = new NamedProperty(parse());
		}
		else {
			throw this.tokens.error(name, "one of the functions newid(), property() and p()");
		}
		this.tokens.expectSymbol(")");
		this.tokens.leave();
		return function;
	}

}
