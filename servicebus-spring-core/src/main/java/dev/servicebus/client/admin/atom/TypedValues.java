package dev.servicebus.client.admin.atom;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Maps of names to values of several types: parameters of expressions, and properties of
 * correlation filters.
 */
final class TypedValues {

	/** Some readers count on its length. */
	private static final String PREFIX = "d6p1";

	private static final String PAIR = "KeyValueOfstringanyType";

	private TypedValues() {
	}

	/**
	 * Writes a map in the order of its names.
	 * @throws IllegalArgumentException naming the value that has no type in the feed
	 */
	static XmlElement write(String name, Map<String, Object> values) {
		List<XmlElement> pairs = new TreeMap<>(values).entrySet()
			.stream()
			.map((entry) -> XmlElement.of(XmlNames.CONNECT, PAIR,
					List.of(XmlElement.text(XmlNames.CONNECT, "Key", entry.getKey()),
							write(entry.getKey(), entry.getValue()))))
			.toList();
		return XmlElement.of(XmlNames.CONNECT, name, pairs);
	}

	/**
	 * Reads a map; an absent one is empty.
	 */
	static Map<String, Object> read(@Nullable XmlElement element) {
		Map<String, Object> values = new LinkedHashMap<>();
		if (element != null) {
			for (XmlElement pair : element.children(PAIR)) {
				String key = pair.childText("Key");
				XmlElement value = pair.child("Value");
				if (key == null || value == null) {
					throw new MalformedDocumentException("'" + element.name() + "' has a pair without key or value");
				}
				values.put(key, read(value.type(), value.text()));
			}
		}
		return values;
	}

	private static XmlElement write(String name, Object value) {
		if (value instanceof String) {
			return typed("string", value.toString());
		}
		if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
			return typed("int", value.toString());
		}
		if (value instanceof Long) {
			return typed("long", value.toString());
		}
		if (value instanceof Boolean) {
			return typed("boolean", value.toString());
		}
		if (value instanceof Double || value instanceof Float) {
			return typed("double", value.toString().replace("Infinity", "INF"));
		}
		if (value instanceof OffsetDateTime time) {
			return typed("dateTime", XmlValues.write(time));
		}
		if (value instanceof Duration duration) {
			return typed("duration", XmlValues.write(duration));
		}
		throw new IllegalArgumentException("value of '" + name + "' has type " + value.getClass().getName()
				+ ", which rules cannot have; expected a string, a number, a boolean, an OffsetDateTime or a Duration");
	}

	private static XmlElement typed(String type, String text) {
		return XmlElement.text(XmlNames.CONNECT, "Value", text)
			.withAttribute(XmlNames.TYPE, PREFIX + ':' + type)
			.withPrefixes(Map.of(PREFIX, XmlNames.SCHEMA));
	}

	private static Object read(String type, String text) {
		String value = text.strip();
		return switch (type) {
			case "int", "short", "byte" -> integer(value);
			case "long" -> XmlValues.integer(value);
			case "boolean" -> XmlValues.bool(value);
			case "double", "float", "decimal" -> number(value);
			case "dateTime" -> XmlValues.time(value);
			case "duration" -> XmlValues.duration(value);
			// What has another type was written by another client; as text it stays
			// readable.
			default -> text;
		};
	}

	private static Object integer(String text) {
		long value = XmlValues.integer(text);
		if (value == (int) value) {
			return (int) value;
		}
		return value;
	}

	private static double number(String text) {
		try {
			return Double.parseDouble(text.replace("INF", "Infinity"));
		}
		catch (NumberFormatException ex) {
			throw new MalformedDocumentException("'" + text + "' is no number", ex);
		}
	}

}
