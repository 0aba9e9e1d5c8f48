package dev.servicebus.amqp.codec;

import java.lang.reflect.Array;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * Reads AMQP arrays into Java arrays of the type that their elements have on their own.
 */
final class ArrayDecoder {

	/**
	 * A declared count of elements that hold others is believed up to here.
	 */
	private static final int MAX_INITIAL_CAPACITY = 64;

	private ArrayDecoder() {
	}

	/**
	 * Reads an array whose elements are {@code depth} levels below the top.
	 */
	static @Nullable Object[] read(Input in, int code, int depth) {
		if ((code | FormatCode.WIDE) != FormatCode.ARRAY32) {
			throw FormatCode.unknown(code);
		}
		int formerLimit = in.enter(in.takeSize(code));
		int count = in.takeCount(code, in.remaining());
		@Nullable Object[] elements = readElements(in, count, depth);
		in.leave(formerLimit);
		return elements;
	}

	private static @Nullable Object[] readElements(Input in, int count, int depth) {
		int code = in.takeByte();
		return (code == FormatCode.DESCRIBED) ? readDescribed(in, count, ValueDecoder.checkDepth(depth) + 1)
				: readPlain(in, code, count, depth);
	}

	private static @Nullable Object[] readPlain(Input in, int code, int count, int depth) {
		Class<?> type = elementType(code);
		checkCount(in, code, count);
		if (code == FormatCode.CHAR) {
			return readCharacters(in, count, depth);
		}
		return (code >= FormatCode.LIST8) ? readNested(in, code, type, count, depth)
				: readSimple(in, code, type, count, depth);
	}

	private static @Nullable Object[] readSimple(Input in, int code, Class<?> type, int count, int depth) {
		@Nullable Object[] elements = newArray(type, count);
		for (int i = 0; i < count; i++) {
			elements[i] = ValueDecoder.readContent(in, code, depth);
		}
		return elements;
	}

	private static @Nullable Object[] readNested(Input in, int code, Class<?> type, int count, int depth) {
		List<@Nullable Object> elements = new ArrayList<>(Math.min(count, MAX_INITIAL_CAPACITY));
		for (int i = 0; i < count; i++) {
			elements.add(ValueDecoder.readContent(in, code, depth));
		}
		return elements.toArray(newArray(type, 0));
	}

	private static Object[] readCharacters(Input in, int count, int depth) {
		@Nullable Object[] elements = readSimple(in, FormatCode.CHAR, Object.class, count, depth);
		if (Arrays.stream(elements).allMatch(Character.class::isInstance)) {
			return Arrays.copyOf(elements, count, Character[].class);
		}
		return Arrays.stream(elements)
			.map((element) -> (element instanceof Character character) ? new CodePoint(character) : element)
			.toArray(CodePoint[]::new);
	}

	/**
	 * A second descriptor in the constructor is refused: every one would make an object
	 * of each element from no bytes at all.
	 */
	private static DescribedValue[] readDescribed(Input in, int count, int depth) {
		Object descriptor = ValueDecoder.readDescriptor(in, depth);
		@Nullable Object[] inner = readPlain(in, in.takeByte(), count, depth);
		DescribedValue[] elements = new DescribedValue[count];
		for (int i = 0; i < count; i++) {
			elements[i] = new DescribedValue(descriptor, inner[i]);
		}
		return elements;
	}

	private static void checkCount(Input in, int code, int count) {
		int width = switch (code >>> 4) {
			case 0x4 -> 0;
			case 0x6 -> 2;
			case 0x7, 0xB, 0xD, 0xF -> 4;
			case 0x8 -> 8;
			case 0x9 -> 16;
			default -> 1;
		};
		boolean fits = (width > 0) ? (long) width * count <= in.remaining() : in.allowZeroWidth(count);
		if (!fits) {
			throw new AmqpDecodeException(
					"array of " + count + " elements does not fit " + in.remaining() + " bytes" + in.at());
		}
	}

	@SuppressWarnings("unchecked")
	private static <T> @Nullable T[] newArray(Class<?> type, int length) {
		return (T[]) Array.newInstance(type, length);
	}

	private static Class<?> elementType(int code) {
		return switch (code) {
			case FormatCode.NULL, FormatCode.ARRAY8, FormatCode.ARRAY32, FormatCode.CHAR -> Object.class;
			case FormatCode.TRUE, FormatCode.FALSE, FormatCode.BOOLEAN -> Boolean.class;
			case FormatCode.UBYTE -> UnsignedByte.class;
			case FormatCode.BYTE -> Byte.class;
			case FormatCode.USHORT -> UnsignedShort.class;
			case FormatCode.SHORT -> Short.class;
			case FormatCode.UINT0, FormatCode.SMALL_UINT, FormatCode.UINT -> UnsignedInteger.class;
			case FormatCode.SMALL_INT, FormatCode.INT -> Integer.class;
			case FormatCode.ULONG0, FormatCode.SMALL_ULONG, FormatCode.ULONG -> UnsignedLong.class;
			case FormatCode.SMALL_LONG, FormatCode.LONG -> Long.class;
			case FormatCode.FLOAT -> Float.class;
			case FormatCode.DOUBLE -> Double.class;
			case FormatCode.DECIMAL32 -> Decimal32.class;
			case FormatCode.DECIMAL64 -> Decimal64.class;
			case FormatCode.DECIMAL128 -> Decimal128.class;
			case FormatCode.TIMESTAMP -> Instant.class;
			case FormatCode.UUID -> UUID.class;
			case FormatCode.BINARY8, FormatCode.BINARY32 -> byte[].class;
			case FormatCode.STRING8, FormatCode.STRING32 -> String.class;
			case FormatCode.SYMBOL8, FormatCode.SYMBOL32 -> Symbol.class;
			case FormatCode.LIST0, FormatCode.LIST8, FormatCode.LIST32 -> List.class;
			case FormatCode.MAP8, FormatCode.MAP32 -> Map.class;
			default -> throw FormatCode.unknown(code);
		};
	}

}
