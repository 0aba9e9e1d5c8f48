package dev.servicebus.client.management;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.rule.CorrelationFilter;
import dev.servicebus.client.rule.RuleAction;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import dev.servicebus.message.ApplicationProperties;
import org.jspecify.annotations.Nullable;

/**
 * Reads rules from the described lists in which a broker tells about them.
 */
final class DescribedRule {

	private final ManagementResponse response;

	DescribedRule(ManagementResponse response) {
		this.response = response;
	}

	RuleProperties read(@Nullable Object value) {
		Fields fields = fields(value);
		if (fields.type() != Type.RULE) {
			throw malformed("it describes something else than a rule");
		}
		String name = fields.text(2);
		if (name == null) {
			throw malformed("a rule in it has no name");
		}
		Instant createdAt = (fields.get(3) instanceof Instant instant) ? instant : null;
		try {
			return new RuleProperties(name, filter(fields(fields.get(0))), action(fields.get(1)),
					(createdAt != null) ? createdAt.atOffset(ZoneOffset.UTC) : null);
		}
		catch (IllegalArgumentException ex) {
			throw malformed("a rule in it cannot be: " + ex.getMessage());
		}
	}

	private RuleFilter filter(Fields fields) {
		return switch (fields.type()) {
			case SQL_FILTER -> RuleFilter.sql(Objects.requireNonNullElse(fields.text(0), ""));
			case TRUE_FILTER -> RuleFilter.matchAll();
			case FALSE_FILTER -> RuleFilter.matchNone();
			case CORRELATION_FILTER ->
				new CorrelationFilter(fields.text(0), fields.text(1), fields.text(2), fields.text(3), fields.text(4),
						fields.text(5), fields.text(6), fields.text(7), properties(fields.get(8)));
			default -> throw malformed("a filter in it is of an unknown kind");
		};
	}

	private @Nullable RuleAction action(@Nullable Object value) {
		if (value == null) {
			return null;
		}
		Fields fields = fields(value);
		return switch (fields.type()) {
			case EMPTY_ACTION -> null;
			case SQL_ACTION -> RuleAction.sql(Objects.requireNonNullElse(fields.text(0), ""));
			default -> throw malformed("an action in it is of an unknown kind");
		};
	}

	private Map<String, Object> properties(@Nullable Object value) {
		if (!(value instanceof Map<?, ?> map)) {
			return Map.of();
		}
		Map<String, @Nullable Object> encoded = new LinkedHashMap<>();
		map.forEach((key, entry) -> encoded.put(String.valueOf(key), entry));
		Map<String, Object> properties = new LinkedHashMap<>();
		ApplicationProperties.fromAmqp(encoded).forEach((key, entry) -> {
			if (entry != null) {
				properties.put(key, entry);
			}
		});
		return properties;
	}

	private Fields fields(@Nullable Object value) {
		if (value instanceof DescribedValue described && described.value() instanceof List<?> list) {
			return new Fields(Type.of(described.descriptor()), list);
		}
		throw malformed("a rule in it is no described list");
	}

	private UnknownOutcomeException malformed(String problem) {
		return this.response.malformed(problem);
	}

	/**
	 * The fields of a described list. Those at its end may be left out.
	 */
	private record Fields(Type type, List<?> list) {

		@Nullable Object get(int index) {
			return (index < this.list.size()) ? this.list.get(index) : null;
		}

		@Nullable String text(int index) {
			Object value = get(index);
			return (value != null) ? value.toString() : null;
		}

	}

	/**
	 * What the descriptors stand for. Those of filters are one digit shorter: the service
	 * has it so.
	 */
	private enum Type {

		RULE(0x0000_0137_0000_0004L, "rule-description"), EMPTY_ACTION(0x0000_0137_0000_0005L, "empty-rule-action"),
		SQL_ACTION(0x0000_0137_0000_0006L, "sql-rule-action"), SQL_FILTER(0x0000_0013_7000_0006L, "sql-filter"),
		TRUE_FILTER(0x0000_0013_7000_0007L, "true-filter"), FALSE_FILTER(0x0000_0013_7000_0008L, "false-filter"),
		CORRELATION_FILTER(0x0000_0013_7000_0009L, "correlation-filter"), OTHER(0, "");

		private final UnsignedLong code;

		private final Symbol symbol;

		Type(long code, String name) {
			this.code = UnsignedLong.of(code);
			this.symbol = Symbol.of(ManagementRequest.PREFIX + name + ":list");
		}

		static Type of(Object descriptor) {
			for (Type type : values()) {
				if (type.code.equals(descriptor) || type.symbol.equals(descriptor)) {
					return type;
				}
			}
			return OTHER;
		}

	}

}
