package dev.servicebus.emulator.admin.description;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Date;

import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.atom.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * Values of filters with their XML schema types. Clients know few types, and cut a prefix
 * of exactly four letters and a colon from their names.
 */
final class TypedValue {

	private static final String PREFIX = "d6p1";

	private static final String NAMESPACE = "http://www.w3.org/2001/XMLSchema";

	private TypedValue() {
	}

	/**
	 * Reads a value.
	 * @param element the element that holds it; without a type it is a string
	 * @throws dev.servicebus.emulator.store.BrokerException if it is not of its type
	 */
	static Object read(XmlElement element) {
		String type = element.type();
		if (type == null || type.equals("string")) {
			return element.text();
		}
		return Values.read(element.name(), element.text(), "of the type " + Values.abbreviate(type),
				(text) -> parse(type, text));
	}

	/**
	 * Writes the element {@code Value}.
	 */
	static void write(@Nullable Object value, XmlWriter xml) {
		xml.start("Value").declare(PREFIX, NAMESPACE).type(PREFIX + ":" + type(value)).text(text(value)).end();
	}

	private static Object parse(String type, String text) {
		return switch (type) {
			case "int", "short", "byte", "unsignedShort", "unsignedByte" -> Integer.valueOf(text);
			case "long", "unsignedInt", "integer", "unsignedLong" -> Long.valueOf(text);
			case "boolean" -> Values.flag(text);
			case "double", "float" -> parseDouble(text);
			case "decimal" -> new BigDecimal(text);
			case "dateTime" -> instant(text);
			case "duration" -> IsoDuration.parse(text);
			default -> text;
		};
	}

	private static Double parseDouble(String text) {
		return switch (text) {
			case "INF" -> Double.POSITIVE_INFINITY;
			case "-INF" -> Double.NEGATIVE_INFINITY;
			default -> Double.valueOf(text);
		};
	}

	/**
	 * A time without an offset is one of UTC.
	 */
	private static Instant instant(String text) {
		try {
			return OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeParseException ex) {
			return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
		}
	}

	private static String type(@Nullable Object value) {
		if (value instanceof Long number) {
			return (number == number.intValue()) ? "int" : "long";
		}
		if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
			return "int";
		}
		if (value instanceof BigDecimal) {
			return "decimal";
		}
		if (value instanceof Number) {
			return "double";
		}
		if (value instanceof Instant || value instanceof Date) {
			return "dateTime";
		}
		if (value instanceof Duration duration && !duration.isNegative()) {
			return "duration";
		}
		return (value instanceof Boolean) ? "boolean" : "string";
	}

	private static String text(@Nullable Object value) {
		if (value instanceof Double || value instanceof Float) {
			return value.toString().replace("Infinity", "INF");
		}
		if (value instanceof Date date) {
			return date.toInstant().toString();
		}
		if (value instanceof Duration duration && !duration.isNegative()) {
			return IsoDuration.format(duration);
		}
		return (value != null) ? value.toString() : "";
	}

}
