package dev.servicebus.client.twin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.amqp.type.CodePoint;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedByte;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.amqp.type.UnsignedShort;

/**
 * Names the AMQP types of values.
 */
final class AmqpTypes {

	private static final Map<Class<?>, String> NAMES = Map.ofEntries(Map.entry(UnsignedByte.class, "ubyte"),
			Map.entry(UnsignedShort.class, "ushort"), Map.entry(UnsignedInteger.class, "uint"),
			Map.entry(UnsignedLong.class, "ulong"), Map.entry(Integer.class, "int"), Map.entry(CodePoint.class, "char"),
			Map.entry(byte[].class, "binary"), Map.entry(Instant.class, "timestamp"));

	private AmqpTypes() {
	}

	static String of(Object value) {
		if (value == null) {
			return "null";
		}
		return NAMES.getOrDefault(value.getClass(), value.getClass().getSimpleName().toLowerCase(Locale.ROOT));
	}

	/**
	 * The type and the value, unless that is a time or an id that no run draws twice.
	 */
	static String withValue(Object value) {
		if (value == null || value instanceof Instant || value instanceof UUID) {
			return of(value);
		}
		if (value instanceof byte[] bytes) {
			return ("binary " + new String(bytes, StandardCharsets.UTF_8)).strip();
		}
		if (value instanceof Symbol || value instanceof String) {
			return of(value) + " " + normalized(value.toString());
		}
		return of(value) + " " + value;
	}

	private static String normalized(String text) {
		return text.replaceAll("localhost:\\d+", "localhost").replaceAll("SharedAccessSignature .*", "a SAS token");
	}

}
