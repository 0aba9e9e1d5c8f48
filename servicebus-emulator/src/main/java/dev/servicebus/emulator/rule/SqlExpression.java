package dev.servicebus.emulator.rule;

import org.jspecify.annotations.Nullable;

/**
 * A part of an SQL text that has a value.
 */
sealed interface SqlExpression extends SqlNode {

	/**
	 * Returns the value for a message, {@code null} for unknown. A property's value comes
	 * as the message has it.
	 * @throws FilterException if there is no result
	 */
	@Nullable Object evaluate(FilterSubject subject);

	/**
	 * A constant, or a parameter that has been given.
	 */
	record Literal(@Nullable Object value) implements SqlExpression {

		@Override
		public @Nullable Object evaluate(FilterSubject subject) {
			return this.value;
		}

	}

	/**
	 * What can be looked for, set and removed.
	 */
	sealed interface Property extends SqlExpression {

		boolean exists(FilterSubject subject);

	}

	record UserProperty(String name) implements Property {

		@Override
		public @Nullable Object evaluate(FilterSubject subject) {
			return subject.userProperty(this.name);
		}

		@Override
		public boolean exists(FilterSubject subject) {
			return subject.hasUserProperty(this.name);
		}

	}

	record SystemValue(SystemProperty property) implements Property {

		@Override
		public @Nullable Object evaluate(FilterSubject subject) {
			return subject.systemProperty(this.property);
		}

		@Override
		public boolean exists(FilterSubject subject) {
			return subject.systemProperty(this.property) != null;
		}

	}

	/**
	 * {@code property('name')}.
	 */
	record NamedProperty(SqlExpression name) implements SqlExpression {

		@Override
		public @Nullable Object evaluate(FilterSubject subject) {
			Object value = this.name.evaluate(subject);
			if (value == null) {
				return null;
			}
			if (value instanceof String text) {
				return subject.userProperty(text);
			}
			throw new FilterException("property() was given " + SqlValue.describe(value) + " instead of a name");
		}

	}

	/**
	 * {@code newid()}.
	 */
	record NewId() implements SqlExpression {

		@Override
		public @Nullable Object evaluate(FilterSubject subject) {
			return subject.newId();
		}

	}

	record Arithmetic(SqlExpression left, ArithmeticOperator operator, SqlExpression right) implements SqlExpression {

		@Override
		public @Nullable Object evaluate(FilterSubject subject) {
			return this.operator.apply(this.left.evaluate(subject), this.right.evaluate(subject));
		}

	}

}
