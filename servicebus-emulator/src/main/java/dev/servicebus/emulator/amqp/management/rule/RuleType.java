package dev.servicebus.emulator.amqp.management.rule;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The types that rules are made of, each with its name, its descriptor and the order of
 * its fields. The descriptors of filters are one digit shorter than the others; that is
 * what the service writes and clients compare with.
 */
enum RuleType {

	RULE("rule-description", 0x137_0000_0004L, "filter", "action", "rule-name", "created-at"),

	EMPTY_ACTION("empty-rule-action", 0x137_0000_0005L),

	SQL_ACTION("sql-rule-action", 0x137_0000_0006L, RuleType.EXPRESSION, "compatibility-level"),

	SQL_FILTER("sql-filter", 0x13_7000_0006L, RuleType.EXPRESSION, "compatibility-level"),

	TRUE_FILTER("true-filter", 0x13_7000_0007L),

	FALSE_FILTER("false-filter", 0x13_7000_0008L),

	CORRELATION_FILTER("correlation-filter", 0x13_7000_0009L, "correlation-id", "message-id", "to", "reply-to", "label",
			"session-id", "reply-to-session-id", "content-type", RuleType.PROPERTIES);

	static final String EXPRESSION = "expression";

	static final String PROPERTIES = "properties";

	private final String key;

	private final UnsignedLong code;

	private final Symbol symbol;

	private final List<String> fields;

	RuleType(String key, long code, String... fields) {
		this.key = key;
		this.code = UnsignedLong.of(code);
		this.symbol = Symbol.of("com.microsoft:" + key + ":list");
		this.fields = List.of(fields);
	}

	/**
	 * The type of a described value.
	 * @throws RefusedException if it is no part of a rule
	 */
	static RuleType of(DescribedValue described) {
		for (RuleType type : values()) {
			if (type.code.equals(described.descriptor()) || type.symbol.equals(described.descriptor())) {
				return type;
			}
		}
		throw new RefusedException(Failure.ARGUMENT_ERROR,
				"The descriptor '" + described.descriptor() + "' does not describe a part of a rule.");
	}

	/**
	 * What a value of this type is called within a map.
	 */
	String key() {
		return this.key;
	}

	DescribedValue describe(@Nullable Object... values) {
		return new DescribedValue(this.code, Collections.unmodifiableList(Arrays.asList(values)));
	}

	/**
	 * The fields of a value by their names: clients write it as a map, or as a list with
	 * or without a descriptor.
	 * @throws RefusedException if it is neither
	 */
	Map<String, @Nullable Object> fields(@Nullable Object value) {
		Object content = (value instanceof DescribedValue described) ? described.value() : value;
		Map<String, @Nullable Object> result = new HashMap<>();
		if (content instanceof Map<?, ?> map) {
			map.forEach((name, field) -> result.put(String.valueOf(name), field));
		}
		else if (content instanceof List<?> list) {
			for (int i = 0; i < Math.min(list.size(), this.fields.size()); i++) {
				result.put(this.fields.get(i), list.get(i));
			}
		}
		else {
			throw new RefusedException(Failure.ARGUMENT_ERROR, "The " + this.key + " must be a map or a list.");
		}
		return result;
	}

}
