package dev.servicebus.emulator.amqp.management.rule;

import java.util.Map;

import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.emulator.rule.CorrelationFilter;
import dev.servicebus.emulator.rule.FalseFilter;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.RuleFilter;
import dev.servicebus.emulator.rule.SqlFilter;
import dev.servicebus.emulator.rule.SqlRuleAction;
import dev.servicebus.emulator.rule.SystemProperty;
import dev.servicebus.emulator.rule.TrueFilter;
import org.jspecify.annotations.Nullable;

/**
 * Writes rules as clients read them: described lists all the way down.
 */
public final class RuleWriter {

	/** The only dialect of SQL that the service has. */
	private static final int COMPATIBILITY_LEVEL = 20;

	private RuleWriter() {
	}

	/**
	 * A rule as a value of AMQP.
	 */
	public static DescribedValue write(Rule rule) {
		return RuleType.RULE.describe(filter(rule.filter()), action(rule.action()), rule.name(), rule.createdAt());
	}

	private static DescribedValue filter(RuleFilter filter) {
		if (filter instanceof SqlFilter sql) {
			return RuleType.SQL_FILTER.describe(sql.expression(), COMPATIBILITY_LEVEL);
		}
		if (filter instanceof CorrelationFilter correlation) {
			return correlation(correlation);
		}
		if (filter instanceof TrueFilter) {
			return RuleType.TRUE_FILTER.describe();
		}
		if (filter instanceof FalseFilter) {
			return RuleType.FALSE_FILTER.describe();
		}
		throw new IllegalArgumentException("No wire form is known for " + filter);
	}

	private static DescribedValue correlation(CorrelationFilter filter) {
		Map<SystemProperty, String> system = filter.systemProperties();
		return RuleType.CORRELATION_FILTER.describe(system.get(SystemProperty.CORRELATION_ID),
				system.get(SystemProperty.MESSAGE_ID), system.get(SystemProperty.TO),
				system.get(SystemProperty.REPLY_TO), system.get(SystemProperty.LABEL),
				system.get(SystemProperty.SESSION_ID), system.get(SystemProperty.REPLY_TO_SESSION_ID),
				system.get(SystemProperty.CONTENT_TYPE), filter.userProperties());
	}

	/**
	 * Clients want an action to be there, if only an empty one.
	 */
	private static DescribedValue action(@Nullable SqlRuleAction action) {
		return (action != null) ? RuleType.SQL_ACTION.describe(action.expression(), COMPATIBILITY_LEVEL)
				: RuleType.EMPTY_ACTION.describe();
	}

}
