package dev.servicebus.emulator.rule;

import dev.servicebus.emulator.rule.SqlExpression.UserProperty;

/**
 * One step of an SQL action. Immutable.
 */
sealed interface SqlStatement {

	/**
	 * Changes a message.
	 * @throws FilterException if the new value does not exist or does not fit
	 */
	void execute(RuleTarget target);

	record SetUserProperty(UserProperty property, SqlExpression value) implements SqlStatement {

		@Override
		public void execute(RuleTarget target) {
			target.setUserProperty(this.property.name(), this.value.evaluate(target));
		}

	}

	record SetSystemProperty(SystemProperty property, SqlExpression value) implements SqlStatement {

		@Override
		public void execute(RuleTarget target) {
			target.setSystemProperty(this.property,
					SystemPropertyConversion.convert(this.property, this.value.evaluate(target)));
		}

	}

	record RemoveUserProperty(UserProperty property) implements SqlStatement {

		@Override
		public void execute(RuleTarget target) {
			target.removeUserProperty(this.property.name());
		}

	}

	record ResetSystemProperty(SystemProperty property) implements SqlStatement {

		@Override
		public void execute(RuleTarget target) {
			target.setSystemProperty(this.property, null);
		}

	}

}
