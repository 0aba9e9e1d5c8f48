package dev.servicebus.amqp.engine;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.UnknownDescribedType;
import org.jspecify.annotations.Nullable;

/**
 * Translates AMQP values between our types and the engine's. Types that both take from
 * the JDK pass through.
 */
final class ProtonTypes {

	private ProtonTypes() {
	}

	static @Nullable Object toProton(@Nullable Object value) {
		if (value instanceof Symbol symbol) {
			return toProton(symbol);
		}
		if (value instanceof UnsignedInteger number) {
			return org.apache.qpid.proton.amqp.UnsignedInteger.valueOf(number.longValue());
		}
		if (value instanceof UnsignedLong number) {
			return org.apache.qpid.proton.amqp.UnsignedLong.valueOf(number.longValue());
		}
		if (value instanceof UnsignedShort number) {
			return org.apache.qpid.proton.amqp.UnsignedShort.valueOf(number.shortValue());
		}
		if (value instanceof UnsignedByte number) {
			return org.apache.qpid.proton.amqp.UnsignedByte.valueOf(number.byteValue());
		}
		if (value instanceof Instant instant) {
			return Date.from(instant);
		}
		if (value instanceof byte[] bytes) {
			return new Binary(bytes);
		}
		if (value instanceof DescribedValue described) {
			return new UnknownDescribedType(toProton(described.descriptor()), toProton(described.value()));
		}
		if (value instanceof Map<?, ?> map) {
			Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
			map.forEach((key, entry) -> result.put(toProton(key), toProton(entry)));
			return result;
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> result = new ArrayList<>(list.size());
			list.forEach((element) -> result.add(toProton(element)));
			return result;
		}
		return toProtonScalar(value);
	}

	private static @Nullable Object toProtonScalar(@Nullable Object value) {
		if (value instanceof Decimal32 decimal) {
			return new org.apache.qpid.proton.amqp.Decimal32(decimal.bits());
		}
		if (value instanceof Decimal64 decimal) {
			return new org.apache.qpid.proton.amqp.Decimal64(decimal.bits());
		}
		if (value instanceof Decimal128 decimal) {
			return new org.apache.qpid.proton.amqp.Decimal128(decimal.high(), decimal.low());
		}
		if (value instanceof CodePoint codePoint) {
			return (char) codePoint.value();
		}
		return value;
	}

	static @Nullable Object fromProton(@Nullable Object value) {
		if (value instanceof org.apache.qpid.proton.amqp.Symbol symbol) {
			return Symbol.of(symbol.toString());
		}
		if (value instanceof org.apache.qpid.proton.amqp.UnsignedInteger number) {
			return UnsignedInteger.of(number.longValue());
		}
		if (value instanceof org.apache.qpid.proton.amqp.UnsignedLong number) {
			return UnsignedLong.ofBits(number.longValue());
		}
		if (value instanceof org.apache.qpid.proton.amqp.UnsignedShort number) {
			return UnsignedShort.of(number.intValue());
		}
		if (value instanceof org.apache.qpid.proton.amqp.UnsignedByte number) {
			return UnsignedByte.of(number.intValue());
		}
		if (value instanceof Date date) {
			return Instant.ofEpochMilli(date.getTime());
		}
		if (value instanceof Binary binary) {
			return toBytes(binary);
		}
		if (value instanceof DescribedType described) {
			Object descriptor = fromProton(described.getDescriptor());
			return new DescribedValue((descriptor != null) ? descriptor : "", fromProton(described.getDescribed()));
		}
		if (value instanceof Map<?, ?> map) {
			Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
			map.forEach((key, entry) -> result.put(fromProton(key), fromProton(entry)));
			return result;
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> result = new ArrayList<>(list.size());
			list.forEach((element) -> result.add(fromProton(element)));
			return result;
		}
		return fromProtonScalar(value);
	}

	private static @Nullable Object fromProtonScalar(@Nullable Object value) {
		if (value instanceof org.apache.qpid.proton.amqp.Decimal32 decimal) {
			return new Decimal32(decimal.getBits());
		}
		if (value instanceof org.apache.qpid.proton.amqp.Decimal64 decimal) {
			return new Decimal64(decimal.getBits());
		}
		if (value instanceof org.apache.qpid.proton.amqp.Decimal128 decimal) {
			return new Decimal128(decimal.getMostSignificantBits(), decimal.getLeastSignificantBits());
		}
		if (value instanceof Character character) {
			return new CodePoint(character);
		}
		return value;
	}

	static org.apache.qpid.proton.amqp.Symbol toProton(Symbol symbol) {
		return org.apache.qpid.proton.amqp.Symbol.valueOf(symbol.toString());
	}

	static byte[] toBytes(Binary binary) {
		ByteBuffer buffer = binary.asByteBuffer();
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

	/**
	 * Translates a map with symbol keys. Peers that write string keys are understood;
	 * entries without a value are left out.
	 */
	static Map<Symbol, Object> fromProtonFields(@Nullable Map<?, ?> fields) {
		if (fields == null || fields.isEmpty()) {
			return Map.of();
		}
		Map<Symbol, Object> result = new LinkedHashMap<>();
		fields.forEach((key, entry) -> {
			Object value = fromProton(entry);
			if (value != null) {
				result.put(Symbol.of(String.valueOf(key)), value);
			}
		});
		return result;
	}

	/**
	 * Like {@link #fromProtonFields}, but keeps entries without a value.
	 */
	static Map<Symbol, @Nullable Object> fromProtonNullableFields(@Nullable Map<?, ?> fields) {
		if (fields == null || fields.isEmpty()) {
			return Map.of();
		}
		Map<Symbol, @Nullable Object> result = new LinkedHashMap<>();
		fields.forEach((key, entry) -> result.put(Symbol.of(String.valueOf(key)), fromProton(entry)));
		return result;
	}

	static @Nullable Map<org.apache.qpid.proton.amqp.Symbol, Object> toProtonFields(
			Map<Symbol, ? extends @Nullable Object> fields) {
		if (fields.isEmpty()) {
			return null;
		}
		Map<org.apache.qpid.proton.amqp.Symbol, Object> result = new LinkedHashMap<>();
		fields.forEach((key, entry) -> putAllowingNull(result, toProton(key), toProton(entry)));
		return result;
	}

	@SuppressWarnings("NullAway") // The engine writes null for an entry without a value.
	private static void putAllowingNull(Map<org.apache.qpid.proton.amqp.Symbol, Object> map,
			org.apache.qpid.proton.amqp.Symbol key, @Nullable Object value) {
		map.put(key, value);
	}

}
