package dev.servicebus.amqp.codec;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
import org.apache.qpid.proton.amqp.UnknownDescribedType;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;

/**
 * The independent opinion about our codec.
 */
public final class ProtonCodec {

	private final DecoderImpl decoder = new DecoderImpl();

	private final EncoderImpl encoder = new EncoderImpl(this.decoder);

	public ProtonCodec() {
		AMQPDefinedTypes.registerAllTypes(this.decoder, this.encoder);
	}

	public Object decode(byte[] bytes) {
		this.decoder.setByteBuffer(ByteBuffer.wrap(bytes));
		return this.decoder.readObject();
	}

	/**
	 * Encodes a value of our types.
	 */
	public byte[] encode(Object value) {
		ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
		this.encoder.setByteBuffer(buffer);
		this.encoder.writeObject(toProton(value));
		return Arrays.copyOf(buffer.array(), buffer.position());
	}

	/**
	 * Turns a value of our types into one of proton-j's.
	 */
	public static Object toProton(Object value) {
		if (value instanceof List<?> list) {
			List<Object> converted = new ArrayList<>();
			list.forEach((element) -> converted.add(toProton(element)));
			return converted;
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, Object> converted = new LinkedHashMap<>();
			map.forEach((key, element) -> converted.put(toProton(key), toProton(element)));
			return converted;
		}
		if (value instanceof DescribedValue described) {
			return new UnknownDescribedType(toProton(described.descriptor()), toProton(described.value()));
		}
		if (value instanceof Object[] array) {
			return toProtonArray(array);
		}
		return simple(value);
	}

	private static Object toProtonArray(Object[] array) {
		Object[] converted = Arrays.stream(array).map(ProtonCodec::toProton).toArray();
		Object sample = toProton(sample(array.getClass().getComponentType()));
		Class<?> type = (sample != null) ? sample.getClass() : array.getClass().getComponentType();
		return Arrays.copyOf(converted, converted.length,
				((Object[]) java.lang.reflect.Array.newInstance(type, 0)).getClass().asSubclass(Object[].class));
	}

	private static Object sample(Class<?> type) {
		return Map
			.<Class<?>, Object>of(Instant.class, Instant.EPOCH, Symbol.class, Symbol.of("a"), UnsignedLong.class,
					UnsignedLong.of(1), UnsignedInteger.class, UnsignedInteger.ZERO, byte[].class, new byte[0])
			.get(type);
	}

	private static Object simple(Object value) {
		if (value instanceof byte[] bytes) {
			return new Binary(bytes);
		}
		if (value instanceof Instant instant) {
			return new Date(instant.toEpochMilli());
		}
		if (value instanceof Symbol symbol) {
			return org.apache.qpid.proton.amqp.Symbol.valueOf(symbol.toString());
		}
		if (value instanceof Decimal32 decimal) {
			return new org.apache.qpid.proton.amqp.Decimal32(decimal.bits());
		}
		if (value instanceof Decimal64 decimal) {
			return new org.apache.qpid.proton.amqp.Decimal64(decimal.bits());
		}
		if (value instanceof Decimal128 decimal) {
			return new org.apache.qpid.proton.amqp.Decimal128(decimal.high(), decimal.low());
		}
		return unsigned(value);
	}

	private static Object unsigned(Object value) {
		if (value instanceof UnsignedByte number) {
			return org.apache.qpid.proton.amqp.UnsignedByte.valueOf(number.byteValue());
		}
		if (value instanceof UnsignedShort number) {
			return org.apache.qpid.proton.amqp.UnsignedShort.valueOf(number.shortValue());
		}
		if (value instanceof UnsignedInteger number) {
			return org.apache.qpid.proton.amqp.UnsignedInteger.valueOf(number.intValue());
		}
		if (value instanceof UnsignedLong number) {
			return org.apache.qpid.proton.amqp.UnsignedLong.valueOf(number.longValue());
		}
		return value;
	}

}
