package dev.servicebus.emulator.amqp.management.rule;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.rule.CorrelationFilter;
import dev.servicebus.emulator.rule.FalseFilter;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.RuleException;
import dev.servicebus.emulator.rule.RuleFilter;
import dev.servicebus.emulator.rule.SqlFilter;
import dev.servicebus.emulator.rule.SqlRuleAction;
import dev.servicebus.emulator.rule.SystemProperty;
import dev.servicebus.emulator.rule.TrueFilter;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rule that a client wants to add. A description is a map in which the key says
 * what kind of filter it is, or a described list in which the descriptor says so.
 */
public final class RuleReader {

	private static final Map<String, SystemProperty> CORRELATION_FIELDS = Map.of("correlation-id",
			SystemProperty.CORRELATION_ID, "message-id", SystemProperty.MESSAGE_ID, "to", SystemProperty.TO, "reply-to",
			SystemProperty.REPLY_TO, "label", SystemProperty.LABEL, "session-id", SystemProperty.SESSION_ID,
			"reply-to-session-id", SystemProperty.REPLY_TO_SESSION_ID, "content-type", SystemProperty.CONTENT_TYPE);

	private RuleReader() {
	}

	/**
	 * Reads a rule.
	 * @param name its name
	 * @param description its filter and action as the client has written them
	 * @param createdAt the present of the broker
	 * @throws RefusedException if it is malformed, or not a valid rule
	 */
	public static Rule read(String name, @Nullable Object description, Instant createdAt) {
		try {
			Map<String, @Nullable Object> fields = RuleType.RULE.fields(description);
			return new Rule(name, filter(fields), action(fields), createdAt);
		}
		catch (RuleException ex) {
			throw invalid(String.valueOf(ex.getMessage()));
		}
	}

	private static RuleFilter filter(Map<String, @Nullable Object> rule) {
		if (rule.get("filter") instanceof DescribedValue described) {
			return filter(RuleType.of(described), described);
		}
		for (RuleType type : RuleType.values()) {
			Object value = rule.get(type.key());
			if (value != null && type != RuleType.SQL_ACTION) {
				return (value instanceof DescribedValue described) ? filter(RuleType.of(described), described)
						: filter(type, value);
			}
		}
		throw invalid("The rule-description must contain a sql-filter or a correlation-filter.");
	}

	private static RuleFilter filter(RuleType type, Object value) {
		return switch (type) {
			case TRUE_FILTER -> new TrueFilter();
			case FALSE_FILTER -> new FalseFilter();
			case SQL_FILTER -> sqlFilter(expression(type, value));
			case CORRELATION_FILTER -> correlationFilter(type.fields(value));
			default -> throw invalid("A " + type.key() + " is not a filter.");
		};
	}

	/**
	 * Clients that have filters for all messages and for none write them as SQL, and
	 * expect to read what they wrote.
	 */
	private static RuleFilter sqlFilter(@Nullable String expression) {
		if (expression == null) {
			throw invalid("The sql-filter must have an expression.");
		}
		return switch (expression) {
			case "1=1" -> new TrueFilter();
			case "1=0" -> new FalseFilter();
			default -> SqlFilter.parse(expression);
		};
	}

	private static CorrelationFilter correlationFilter(Map<String, @Nullable Object> fields) {
		Map<SystemProperty, String> system = new LinkedHashMap<>();
		CORRELATION_FIELDS.forEach((field, property) -> {
			Object value = fields.get(field);
			if (value != null) {
				system.put(property, value.toString());
			}
		});
		return new CorrelationFilter(system, properties(fields.get(RuleType.PROPERTIES)));
	}

	private static Map<String, Object> properties(@Nullable Object value) {
		Map<String, Object> properties = new LinkedHashMap<>();
		if (value instanceof Map<?, ?> map) {
			map.forEach((name, expected) -> {
				if (expected != null) {
					properties.put(String.valueOf(name), expected);
				}
			});
		}
		else if (value != null) {
			throw invalid("The properties of a correlation-filter must be a map.");
		}
		return properties;
	}

	private static @Nullable SqlRuleAction action(Map<String, @Nullable Object> rule) {
		Object value = rule.containsKey("action") ? rule.get("action") : rule.get(RuleType.SQL_ACTION.key());
		RuleType type = (value instanceof DescribedValue described) ? RuleType.of(described) : RuleType.SQL_ACTION;
		if (value == null || type == RuleType.EMPTY_ACTION) {
			return null;
		}
		if (type != RuleType.SQL_ACTION) {
			throw invalid("A " + type.key() + " is not an action.");
		}
		String expression = expression(type, value);
		return (expression == null || expression.isEmpty()) ? null : SqlRuleAction.parse(expression);
	}

	private static @Nullable String expression(RuleType type, Object value) {
		Object expression = type.fields(value).get(RuleType.EXPRESSION);
		if (expression == null || expression instanceof String || expression instanceof Symbol) {
			return (expression != null) ? expression.toString() : null;
		}
		throw invalid("The expression of a " + type.key() + " must be a string.");
	}

	private static RefusedException invalid(String text) {
		return new RefusedException(Failure.ARGUMENT_ERROR, text);
	}

}
