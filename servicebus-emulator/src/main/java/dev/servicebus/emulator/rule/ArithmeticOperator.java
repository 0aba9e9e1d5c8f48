package dev.servicebus.emulator.rule;

import org.jspecify.annotations.Nullable;

/**
 * Calculates: two whole numbers give a whole number, any other two a double, and the sum
 * of two strings is both in a row. Values of other classes give unknown.
 */
enum ArithmeticOperator {

	ADD(1), SUBTRACT(1), MULTIPLY(2), DIVIDE(2), REMAINDER(2);

	/** As much as the properties of a message may hold in Service Bus. */
	static final int MAX_STRING_LENGTH = 65_536;

	private final int precedence;

	ArithmeticOperator(int precedence) {
		this.precedence = precedence;
	}

	/**
	 * Returns the operator that a token stands for, if any.
	 */
	static @Nullable ArithmeticOperator find(SqlToken token) {
		if (token.kind() != SqlToken.Kind.SYMBOL) {
			return null;
		}
		return switch (token.text()) {
			case "+" -> ADD;
			case "-" -> SUBTRACT;
			case "*" -> MULTIPLY;
			case "/" -> DIVIDE;
			case "%" -> REMAINDER;
			default -> null;
		};
	}

	/**
	 * How tightly the operator binds: the higher, the tighter.
	 */
	int precedence() {
		return this.precedence;
	}

	/**
	 * Returns the result, {@code null} for unknown.
	 * @throws FilterException if the result does not exist or is too large
	 */
	@Nullable Object apply(@Nullable Object leftValue, @Nullable Object rightValue) {
		Object left = SqlValue.normalize(leftValue);
		Object right = SqlValue.normalize(rightValue);
		if (left instanceof Long a && right instanceof Long b) {
			return apply(a.longValue(), b.longValue());
		}
		if (left instanceof Number a && right instanceof Number b) {
			return apply(a.doubleValue(), b.doubleValue());
		}
		if (this == ADD && left instanceof String a && right instanceof String b) {
			return concatenate(a, b);
		}
		return null;
	}

	private long apply(long left, long right) {
		checkDivisor(right == 0);
		try {
			return switch (this) {
				case ADD -> Math.addExact(left, right);
				case SUBTRACT -> Math.subtractExact(left, right);
				case MULTIPLY -> Math.multiplyExact(left, right);
				case DIVIDE -> (right == -1) ? Math.negateExact(left) : left / right;
				case REMAINDER -> left % right;
			};
		}
		catch (ArithmeticException ex) {
			throw new FilterException("a result is beyond the range of 64-bit integers");
		}
	}

	private double apply(double left, double right) {
		checkDivisor(right == 0);
		return switch (this) {
			case ADD -> left + right;
			case SUBTRACT -> left - right;
			case MULTIPLY -> left * right;
			case DIVIDE -> left / right;
			case REMAINDER -> left % right;
		};
	}

	private void checkDivisor(boolean zero) {
		if (zero && (this == DIVIDE || this == REMAINDER)) {
			throw new FilterException("division by zero");
		}
	}

	private static String concatenate(String left, String right) {
		if (left.length() + right.length() > MAX_STRING_LENGTH) {
			throw new FilterException("a result is a string of more than " + MAX_STRING_LENGTH + " characters");
		}
		return left + right;
	}

}
