package dev.servicebus.message;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.servicebus.amqp.message.SectionMap;
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
 * The values that properties of an application may have, and what they are on the wire:
 * the simple AMQP types as they are, and {@link Duration}, {@link OffsetDateTime} and
 * {@link URI} as the described types that Service Bus defines for them.
 */
public final class ApplicationProperties {

	private static final Set<Class<?>> SIMPLE_TYPES = Set.of(String.class, Boolean.class, Byte.class, Short.class,
			Integer.class, Long.class, Float.class, Double.class, Character.class, UUID.class, Instant.class,
			byte[].class, UnsignedByte.class, UnsignedShort.class, UnsignedInteger.class, UnsignedLong.class,
			Decimal32.class, Decimal64.class, Decimal128.class, CodePoint.class, Symbol.class);

	private static final int MAX_ASCII = 0x7f;

	private ApplicationProperties() {
	}

	/**
	 * Turns properties into what is written on the wire.
	 * @throws IllegalArgumentException naming the property that has no type on the wire
	 */
	public static Map<String, @Nullable Object> toAmqp(Map<String, ? extends @Nullable Object> properties) {
		return SectionMap.convert(properties, ApplicationProperties::toAmqp);
	}

	/**
	 * Copies properties that are going to be set by a settlement. On a link their names
	 * are symbols, which hold nothing but ASCII.
	 * @throws IllegalArgumentException naming the property that has no type on the wire,
	 * or whose name cannot be there
	 */
	public static Map<String, Object> toModify(Map<String, Object> properties) {
		properties.forEach((name, value) -> {
			requireAscii(name);
			toAmqp(name, value);
		});
		return Map.copyOf(properties);
	}

	private static void requireAscii(String name) {
		if (!name.chars().allMatch((character) -> character <= MAX_ASCII)) {
			throw new IllegalArgumentException("property to modify '" + name
					+ "' has a name with characters outside ASCII, which a settlement cannot carry; "
					+ "rename it, or send a new message");
		}
	}

	/**
	 * Turns what was read from the wire into properties; unmodifiable. Described values
	 * of other kinds stay what they are.
	 */
	public static Map<String, @Nullable Object> fromAmqp(Map<String, ? extends @Nullable Object> encoded) {
		return SectionMap.convert(encoded, (name, value) -> fromAmqp(value));
	}

	static @Nullable Object toAmqp(String name, @Nullable Object value) {
		if (value == null || SIMPLE_TYPES.contains(value.getClass())) {
			return value;
		}
		DescribedValue described = (value instanceof DescribedValue given) ? given : VendorTypes.describe(value);
		if (described == null) {
			throw new IllegalArgumentException("application property '" + name + "' has type "
					+ value.getClass().getName() + ", which AMQP properties cannot have; expected a simple value, "
					+ "a Duration, an OffsetDateTime or a URI");
		}
		return described;
	}

	private static @Nullable Object fromAmqp(@Nullable Object value) {
		return (value instanceof DescribedValue described) ? VendorTypes.read(described) : value;
	}

}
