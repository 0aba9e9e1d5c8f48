package dev.servicebus.amqp.codec;

import java.lang.reflect.Array;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import dev.servicebus.amqp.type.CodePoint;
import dev.servicebus.amqp.type.Decimal128;
import dev.servicebus.amqp.type.Decimal32;
import dev.servicebus.amqp.type.Decimal64;
import dev.servicebus.amqp.type.DescribedValue;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.DescribedType;

/**
 * Writes a value with the types of all its parts as text, the same for our types and
 * those of proton-j, so that both can be compared.
 */
public final class Rendering {

	private Rendering() {
	}

	public static String of(Object value) {
		if (value == null) {
			return "null";
		}
		if (value instanceof List<?> list) {
			return elements(list.toArray(), "[", "]");
		}
		if (value instanceof Map<?, ?> map) {
			StringJoiner text = new StringJoiner(", ", "{", "}");
			map.forEach((key, element) -> text.add(of(key) + "=" + of(element)));
			return text.toString();
		}
		if (value instanceof DescribedValue described) {
			return "described(" + of(described.descriptor()) + ", " + of(described.value()) + ")";
		}
		if (value instanceof DescribedType described) {
			return "described(" + of(described.getDescriptor()) + ", " + of(described.getDescribed()) + ")";
		}
		if (value.getClass().isArray() && !(value instanceof byte[])) {
			return elements(value, "array(", ")");
		}
		return simple(value);
	}

	private static String elements(Object array, String prefix, String suffix) {
		StringJoiner text = new StringJoiner(", ", prefix, suffix);
		for (int i = 0; i < Array.getLength(array); i++) {
			text.add(of(Array.get(array, i)));
		}
		return text.toString();
	}

	private static String simple(Object value) {
		if (value instanceof byte[] bytes) {
			return "binary:" + HexFormat.of().formatHex(bytes);
		}
		if (value instanceof Binary binary) {
			return "binary:" + HexFormat.of()
				.formatHex(binary.getArray(), binary.getArrayOffset(), binary.getArrayOffset() + binary.getLength());
		}
		if (value instanceof Instant instant) {
			return "timestamp:" + instant.toEpochMilli();
		}
		if (value instanceof Date date) {
			return "timestamp:" + date.getTime();
		}
		if (value instanceof CodePoint codePoint) {
			return "Character:" + Character.toString(codePoint.value());
		}
		return value.getClass().getSimpleName() + ":" + bits(value);
	}

	private static Object bits(Object value) {
		if (value instanceof Decimal32 decimal) {
			return decimal.bits();
		}
		if (value instanceof Decimal64 decimal) {
			return decimal.bits();
		}
		if (value instanceof Decimal128 decimal) {
			return decimal.high() + "," + decimal.low();
		}
		if (value instanceof org.apache.qpid.proton.amqp.Decimal32 decimal) {
			return decimal.getBits();
		}
		if (value instanceof org.apache.qpid.proton.amqp.Decimal64 decimal) {
			return decimal.getBits();
		}
		if (value instanceof org.apache.qpid.proton.amqp.Decimal128 decimal) {
			return decimal.getMostSignificantBits() + "," + decimal.getLeastSignificantBits();
		}
		return value;
	}

}
