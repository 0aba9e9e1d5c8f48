package dev.servicebus.emulator.rule;

/**
 * Takes every message.
 */
public record TrueFilter() implements RuleFilter {

	@Override
	public boolean matches(FilterSubject subject) {
		return true;
	}

}
