package dev.servicebus.emulator.rule;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A part of an SQL text that is true, false or unknown.
 */
sealed interface SqlPredicate extends SqlNode {

	/**
	 * Returns what holds for a message.
	 * @throws FilterException if there is no result
	 */
	Truth test(FilterSubject subject);

	/**
	 * Looks no further than the first operand that is false.
	 */
	record And(List<SqlPredicate> operands) implements SqlPredicate {

		@Override
		public Truth test(FilterSubject subject) {
			Truth result = Truth.TRUE;
			for (SqlPredicate operand : this.operands) {
				result = result.and(operand.test(subject));
				if (result == Truth.FALSE) {
					break;
				}
			}
			return result;
		}

	}

	/**
	 * Looks no further than the first operand that is true.
	 */
	record Or(List<SqlPredicate> operands) implements SqlPredicate {

		@Override
		public Truth test(FilterSubject subject) {
			Truth result = Truth.FALSE;
			for (SqlPredicate operand : this.operands) {
				result = result.or(operand.test(subject));
				if (result == Truth.TRUE) {
					break;
				}
			}
			return result;
		}

	}

	record Not(SqlPredicate operand) implements SqlPredicate {

		@Override
		public Truth test(FilterSubject subject) {
			return this.operand.test(subject).not();
		}

	}

	record Comparison(SqlExpression left, ComparisonOperator operator, SqlExpression right) implements SqlPredicate {

		@Override
		public Truth test(FilterSubject subject) {
			return this.operator.apply(this.left.evaluate(subject), this.right.evaluate(subject));
		}

	}

	record IsNull(SqlExpression operand) implements SqlPredicate {

		@Override
		public Truth test(FilterSubject subject) {
			return Truth.of(this.operand.evaluate(subject) == null);
		}

	}

	record Exists(SqlExpression.Property property) implements SqlPredicate {

		@Override
		public Truth test(FilterSubject subject) {
			return Truth.of(this.property.exists(subject));
		}

	}

	/**
	 * Unknown, rather than false, if nothing is equal and some comparison is unknown.
	 */
	record In(SqlExpression value, List<SqlExpression> candidates) implements SqlPredicate {

		@Override
		public Truth test(FilterSubject subject) {
			Object wanted = this.value.evaluate(subject);
			if (wanted == null) {
				return Truth.UNKNOWN;
			}
			Truth result = Truth.FALSE;
			for (SqlExpression candidate : this.candidates) {
				result = result.or(ComparisonOperator.EQUAL.apply(wanted, candidate.evaluate(subject)));
				if (result == Truth.TRUE) {
					break;
				}
			}
			return result;
		}

	}

	/**
	 * A pattern that depends on the message.
	 */
	record Like(SqlExpression value, SqlExpression pattern, @Nullable SqlExpression escape) implements SqlPredicate {

		@Override
		public Truth test(FilterSubject subject) {
			String text = text(this.value, subject, "left of LIKE");
			String wildcards = text(this.pattern, subject, "as the pattern of LIKE");
			String escaping = (this.escape != null) ? text(this.escape, subject, "as the escape character of LIKE")
					: "";
			if (text == null || wildcards == null || escaping == null) {
				return Truth.UNKNOWN;
			}
			return Truth.of(compile(wildcards, escaping).matches(text));
		}

		private LikePattern compile(String wildcards, String escaping) {
			try {
				return LikePattern.compile(wildcards, (this.escape != null) ? escaping : null);
			}
			catch (IllegalArgumentException ex) {
				throw new FilterException("LIKE cannot be evaluated: " + ex.getMessage());
			}
		}

	}

	/**
	 * A pattern that is the same for every message.
	 */
	record LikeConstant(SqlExpression value, LikePattern pattern) implements SqlPredicate {

		@Override
		public Truth test(FilterSubject subject) {
			String text = text(this.value, subject, "left of LIKE");
			return (text != null) ? Truth.of(this.pattern.matches(text)) : Truth.UNKNOWN;
		}

	}

	private static @Nullable String text(SqlExpression expression, FilterSubject subject, String role) {
		Object value = expression.evaluate(subject);
		if (value == null || value instanceof String) {
			return (String) value;
		}
		throw new FilterException("there is " + SqlValue.describe(value) + " instead of a string " + role);
	}

}
