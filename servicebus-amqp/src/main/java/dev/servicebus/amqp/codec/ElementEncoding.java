package dev.servicebus.amqp.codec;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

import dev.servicebus.amqp.type.CodePoint;
import dev.servicebus.amqp.type.Decimal128;
import dev.servicebus.amqp.type.Decimal32;
import dev.servicebus.amqp.type.Decimal64;
import dev.servicebus.amqp.type.UnsignedByte;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.amqp.type.UnsignedShort;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/**
 * How elements of one fixed width look inside an array, where all share one constructor.
 *
 * @param code the constructor, always the full width one so that bytes do not depend on
 * values
 * @param content writes one element without its constructor
 */
record ElementEncoding(int code, BiConsumer<Output, Object> content) {

	private static final Map<Class<?>, ElementEncoding> FIXED_WIDTH = Map.ofEntries(
			entry(Boolean.class, of(FormatCode.BOOLEAN, (out, value) -> out.putByte((Boolean) value ? 1 : 0))),
			entry(Byte.class, of(FormatCode.BYTE, (out, value) -> out.putByte((Byte) value))),
			entry(Short.class, of(FormatCode.SHORT, (out, value) -> out.putShort((Short) value))),
			entry(Integer.class, of(FormatCode.INT, (out, value) -> out.putInt((Integer) value))),
			entry(Long.class, of(FormatCode.LONG, (out, value) -> out.putLong((Long) value))),
			entry(UnsignedByte.class, of(FormatCode.UBYTE, (out, value) -> out.putByte(bits32(value)))),
			entry(UnsignedShort.class, of(FormatCode.USHORT, (out, value) -> out.putShort(bits32(value)))),
			entry(UnsignedInteger.class, of(FormatCode.UINT, (out, value) -> out.putInt(bits32(value)))),
			entry(UnsignedLong.class,
					of(FormatCode.ULONG, (out, value) -> out.putLong(((UnsignedLong) value).longValue()))),
			entry(Float.class,
					of(FormatCode.FLOAT, (out, value) -> out.putInt(Float.floatToRawIntBits((Float) value)))),
			entry(Double.class,
					of(FormatCode.DOUBLE, (out, value) -> out.putLong(Double.doubleToRawLongBits((Double) value)))),
			entry(Character.class, of(FormatCode.CHAR, (out, value) -> out.putInt((Character) value))),
			entry(CodePoint.class, of(FormatCode.CHAR, (out, value) -> out.putInt(((CodePoint) value).value()))),
			entry(Instant.class, of(FormatCode.TIMESTAMP, (out, value) -> out.putTimestamp((Instant) value))),
			entry(UUID.class, of(FormatCode.UUID, ElementEncoding::putUuid)),
			entry(Decimal32.class, of(FormatCode.DECIMAL32, (out, value) -> out.putInt(((Decimal32) value).bits()))),
			entry(Decimal64.class, of(FormatCode.DECIMAL64, (out, value) -> out.putLong(((Decimal64) value).bits()))),
			entry(Decimal128.class, of(FormatCode.DECIMAL128, ElementEncoding::putDecimal128)));

	/**
	 * The encoding of elements of this type, {@code null} if their width varies.
	 */
	static @Nullable ElementEncoding ofFixedWidth(Class<?> type) {
		return FIXED_WIDTH.get(type);
	}

	private static ElementEncoding of(int code, BiConsumer<Output, Object> content) {
		return new ElementEncoding(code, content);
	}

	private static int bits32(Object value) {
		return ((Number) value).intValue();
	}

	private static void putUuid(Output out, Object value) {
		UUID uuid = (UUID) value;
		out.putLong(uuid.getMostSignificantBits());
		out.putLong(uuid.getLeastSignificantBits());
	}

	private static void putDecimal128(Output out, Object value) {
		Decimal128 decimal = (Decimal128) value;
		out.putLong(decimal.high());
		out.putLong(decimal.low());
	}

}
