package dev.servicebus.emulator.rule;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Compares values: whole numbers exactly, any other two numbers as doubles, strings by
 * their characters. Values of classes that have nothing in common, and an order where
 * there is none, are unknown.
 */
enum ComparisonOperator {

	EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL;

	/**
	 * Returns the operator that a token stands for, if any.
	 */
	static @Nullable ComparisonOperator find(SqlToken token) {
		if (token.kind() != SqlToken.Kind.SYMBOL) {
			return null;
		}
		return switch (token.text()) {
			case "=" -> EQUAL;
			case "<>", "!=" -> NOT_EQUAL;
			case "<" -> LESS;
			case "<=" -> LESS_OR_EQUAL;
			case ">" -> GREATER;
			case ">=" -> GREATER_OR_EQUAL;
			default -> null;
		};
	}

	Truth apply(@Nullable Object leftValue, @Nullable Object rightValue) {
		Object left = SqlValue.normalize(leftValue);
		Object right = SqlValue.normalize(rightValue);
		if (left == null || right == null) {
			return Truth.UNKNOWN;
		}
		if (left instanceof Long a && right instanceof Long b) {
			return accept(Long.compare(a, b));
		}
		if (left instanceof Number a && right instanceof Number b) {
			return compare(a.doubleValue(), b.doubleValue());
		}
		if (left instanceof String a && right instanceof String b) {
			return accept(a.compareTo(b));
		}
		if (left instanceof Instant a && right instanceof Instant b) {
			return accept(a.compareTo(b));
		}
		if (left instanceof Duration a && right instanceof Duration b) {
			return accept(a.compareTo(b));
		}
		return (left.getClass() == right.getClass()) ? compareUnordered(left, right) : Truth.UNKNOWN;
	}

	/**
	 * Not a number is neither less, equal nor greater.
	 */
	private Truth compare(double left, double right) {
		if (Double.isNaN(left) || Double.isNaN(right)) {
			return Truth.of(this == NOT_EQUAL);
		}
		return accept((left < right) ? -1 : (left > right) ? 1 : 0);
	}

	private Truth compareUnordered(Object left, Object right) {
		return switch (this) {
			case EQUAL -> Truth.of(left.equals(right));
			case NOT_EQUAL -> Truth.of(!left.equals(right));
			case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Truth.UNKNOWN;
		};
	}

	private Truth accept(int order) {
		return Truth.of(switch (this) {
			case EQUAL -> order == 0;
			case NOT_EQUAL -> order != 0;
			case LESS -> order < 0;
			case LESS_OR_EQUAL -> order <= 0;
			case GREATER -> order > 0;
			case GREATER_OR_EQUAL -> order >= 0;
		});
	}

}
