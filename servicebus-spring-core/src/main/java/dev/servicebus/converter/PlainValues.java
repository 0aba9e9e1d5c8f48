package dev.servicebus.converter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.type.CodePoint;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;

/**
 * What AMQP values mean without AMQP: maps, lists, text, numbers.
 */
final class PlainValues {

	private PlainValues() {
	}

	/**
	 * The content of a value or sequence; the sections of a sequence are one list.
	 */
	static @Nullable Object of(MessageBody body) {
		if (body instanceof MessageBody.Sequence sequence) {
			List<@Nullable Object> elements = new ArrayList<>();
			sequence.sections().forEach((section) -> section.forEach((element) -> elements.add(plain(element))));
			return elements;
		}
		return (body instanceof MessageBody.Value value) ? plain(value.value()) : null;
	}

	private static @Nullable Object plain(@Nullable Object value) {
		if (value instanceof Symbol || value instanceof CodePoint || value instanceof Character) {
			return value.toString();
		}
		if (value instanceof DescribedValue described) {
			return plain(described.value());
		}
		if (value instanceof List<?> list) {
			return list.stream().map(PlainValues::plain).toList();
		}
		if (value instanceof Object[] array) {
			return plain(List.of(array));
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> plain = new LinkedHashMap<>();
			map.forEach((key, element) -> plain.put(String.valueOf(plain(key)), plain(element)));
			return plain;
		}
		return value;
	}

}
