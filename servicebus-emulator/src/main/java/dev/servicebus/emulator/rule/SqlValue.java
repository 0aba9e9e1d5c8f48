package dev.servicebus.emulator.rule;

import java.math.BigDecimal;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Brings values into the few classes that expressions tell apart.
 */
final class SqlValue {

	private SqlValue() {
	}

	/**
	 * Returns a whole number as Long, any other number as Double, bytes as
	 * {@link ByteBuffer} and everything else as it is.
	 */
	static @Nullable Object normalize(@Nullable Object value) {
		if (value instanceof String || value instanceof Long || value instanceof Double || value == null) {
			return value;
		}
		if (value instanceof Number number) {
			return normalize(number);
		}
		return (value instanceof byte[] bytes) ? ByteBuffer.wrap(bytes) : value;
	}

	private static Number normalize(Number number) {
		if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
			return number.longValue();
		}
		double approximate = number.doubleValue();
		if (number instanceof Float || number instanceof BigDecimal) {
			return approximate;
		}
		// Unsigned and big numbers are whole unless they do not fit.
		long whole = number.longValue();
		return (whole == approximate) ? (Number) whole : (Number) approximate;
	}

	/**
	 * Names the kind of a value, without the value.
	 */
	static String describe(Object value) {
		Object normal = normalize(value);
		if (normal instanceof Number) {
			return "a number";
		}
		if (normal instanceof String) {
			return "a string";
		}
		if (normal instanceof ByteBuffer) {
			return "binary data";
		}
		return "a value of type " + value.getClass().getSimpleName();
	}

}
