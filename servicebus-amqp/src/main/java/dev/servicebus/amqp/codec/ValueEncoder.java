package dev.servicebus.amqp.codec;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.amqp.type.CodePoint;
import dev.servicebus.amqp.type.Decimal128;
import dev.servicebus.amqp.type.Decimal32;
import dev.servicebus.amqp.type.Decimal64;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedByte;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.amqp.type.UnsignedShort;
import org.jspecify.annotations.Nullable;

/**
 * Finds the AMQP type of a Java value.
 */
final class ValueEncoder {

	private ValueEncoder() {
	}

	/**
	 * Tries the types in the order in which messages use them.
	 */
	static void write(AmqpWriter writer, @Nullable Object value, int depth) {
		if (value instanceof String text) {
			writer.writeString(text);
		}
		else if (value == null) {
			writer.writeNull();
		}
		else if (value instanceof Number number) {
			writeNumber(writer, number);
		}
		else if (value instanceof Boolean bool) {
			writer.writeBoolean(bool);
		}
		else if (value instanceof Instant instant) {
			writer.writeTimestamp(instant);
		}
		else if (value instanceof Symbol symbol) {
			writer.writeSymbol(symbol);
		}
		else if (value instanceof UUID uuid) {
			writer.writeUuid(uuid);
		}
		else if (value instanceof byte[] binary) {
			writer.writeBinary(binary);
		}
		else {
			writeRare(writer, value, depth);
		}
	}

	private static void writeNumber(AmqpWriter writer, Number number) {
		if (number instanceof Integer value) {
			writer.writeInteger(value);
		}
		else if (number instanceof Long value) {
			writer.writeLong(value);
		}
		else if (number instanceof UnsignedLong value) {
			writer.writeUnsignedLong(value.longValue());
		}
		else if (number instanceof UnsignedInteger value) {
			writer.writeUnsignedInteger(value.intValue());
		}
		else if (number instanceof Double value) {
			writer.out().putByte(FormatCode.DOUBLE);
			writer.out().putLong(Double.doubleToRawLongBits(value));
		}
		else if (number instanceof Float value) {
			writer.out().putByte(FormatCode.FLOAT);
			writer.out().putInt(Float.floatToRawIntBits(value));
		}
		else {
			writeSmallNumber(writer, number);
		}
	}

	private static void writeSmallNumber(AmqpWriter writer, Number number) {
		if (number instanceof Short) {
			writer.out().putByte(FormatCode.SHORT);
			writer.out().putShort(number.intValue());
		}
		else if (number instanceof Byte) {
			writer.out().putByte(FormatCode.BYTE);
			writer.out().putByte(number.intValue());
		}
		else if (number instanceof UnsignedShort) {
			writer.out().putByte(FormatCode.USHORT);
			writer.out().putShort(number.intValue());
		}
		else if (number instanceof UnsignedByte) {
			writer.writeUnsignedByte(number.intValue());
		}
		else {
			throw unsupported(number.getClass());
		}
	}

	private static void writeRare(AmqpWriter writer, Object value, int depth) {
		if (value instanceof Character character) {
			writer.out().putByte(FormatCode.CHAR);
			writer.out().putInt(character);
		}
		else if (value instanceof CodePoint codePoint) {
			writer.out().putByte(FormatCode.CHAR);
			writer.out().putInt(codePoint.value());
		}
		else if (value instanceof Decimal32 decimal) {
			writer.out().putByte(FormatCode.DECIMAL32);
			writer.out().putInt(decimal.bits());
		}
		else if (value instanceof Decimal64 decimal) {
			writer.out().putByte(FormatCode.DECIMAL64);
			writer.out().putLong(decimal.bits());
		}
		else if (value instanceof Decimal128 decimal) {
			writer.out().putByte(FormatCode.DECIMAL128);
			writer.out().putLong(decimal.high());
			writer.out().putLong(decimal.low());
		}
		else {
			writeNested(writer, value, checkDepth(depth) + 1);
		}
	}

	private static void writeNested(AmqpWriter writer, Object value, int depth) {
		if (value instanceof Collection<?> list) {
			int start = writer.beginList();
			writeElements(writer, list, depth);
			writer.endList(start, list.size());
		}
		else if (value instanceof Map<?, ?> map) {
			int start = writer.beginMap();
			writeEntries(writer, map, depth);
			writer.endMap(start, map.size());
		}
		else if (value instanceof DescribedValue described) {
			writer.out().putByte(FormatCode.DESCRIBED);
			write(writer, described.descriptor(), depth);
			write(writer, described.value(), depth);
		}
		else if (value.getClass().isArray()) {
			ArrayEncoder.write(writer, value, depth);
		}
		else {
			throw unsupported(value.getClass());
		}
	}

	static void writeElements(AmqpWriter writer, Collection<?> list, int depth) {
		for (Object element : list) {
			write(writer, element, depth);
		}
	}

	static void writeEntries(AmqpWriter writer, Map<?, ?> map, int depth) {
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			write(writer, entry.getKey(), depth);
			write(writer, entry.getValue(), depth);
		}
	}

	static int checkDepth(int depth) {
		if (depth >= AmqpWriter.MAX_DEPTH) {
			throw new IllegalArgumentException("value is nested deeper than " + AmqpWriter.MAX_DEPTH + " levels");
		}
		return depth;
	}

	static IllegalArgumentException unsupported(Class<?> type) {
		return new IllegalArgumentException("no AMQP type for " + type.getName());
	}

}
