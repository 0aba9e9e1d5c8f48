package dev.servicebus.emulator.rule;

/**
 * Takes no message.
 */
public record FalseFilter() implements RuleFilter {

	@Override
	public boolean matches(FilterSubject subject) {
		return false;
	}

}
