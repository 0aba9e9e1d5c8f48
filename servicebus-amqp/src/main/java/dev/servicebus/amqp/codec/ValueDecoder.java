package dev.servicebus.amqp.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.amqp.type.CodePoint;
import dev.servicebus.amqp.type.Decimal128;
import dev.servicebus.amqp.type.Decimal32;
import dev.servicebus.amqp.type.Decimal64;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.UnsignedByte;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.amqp.type.UnsignedShort;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of any type. Allocation stays in proportion to the bytes that are really
 * there, whatever counts these declare.
 */
final class ValueDecoder {

	/**
	 * A declared count is believed up to here; beyond, collections grow as elements come.
	 */
	private static final int MAX_INITIAL_CAPACITY = 64;

	private ValueDecoder() {
	}

	static @Nullable Object read(Input in, int depth) {
		return readContent(in, in.takeByte(), depth);
	}

	/**
	 * Reads what follows a constructor; inside an array there is one for all elements.
	 */
	static @Nullable Object readContent(Input in, int code, int depth) {
		return switch (code >>> 4) {
			case 0x0 -> readDescribed(in, code, depth);
			case 0x4 -> readEmpty(code);
			case 0x5 -> readOneByte(in, code);
			case 0x6 -> readTwoBytes(in, code);
			case 0x7 -> readFourBytes(in, code);
			case 0x8 -> readEightBytes(in, code);
			case 0x9 -> readSixteenBytes(in, code);
			case 0xA, 0xB -> readVariable(in, code);
			case 0xC, 0xD -> readCompound(in, code, checkDepth(depth) + 1);
			case 0xE, 0xF -> ArrayDecoder.read(in, code, checkDepth(depth) + 1);
			default -> throw FormatCode.unknown(code);
		};
	}

	static Object readDescriptor(Input in, int depth) {
		Object descriptor = read(in, depth);
		if (descriptor == null) {
			throw new AmqpDecodeException("descriptor must not be null" + in.at());
		}
		return descriptor;
	}

	static int entries(int count) {
		if ((count & 1) != 0) {
			throw new AmqpDecodeException("map has a key without a value, its count is " + count);
		}
		return count / 2;
	}

	static int checkDepth(int depth) {
		if (depth >= AmqpReader.MAX_DEPTH) {
			throw new AmqpDecodeException("value is nested deeper than " + AmqpReader.MAX_DEPTH + " levels");
		}
		return depth;
	}

	private static Object readDescribed(Input in, int code, int depth) {
		if (code != FormatCode.DESCRIBED) {
			throw FormatCode.unknown(code);
		}
		int inner = checkDepth(depth) + 1;
		Object descriptor = readDescriptor(in, inner);
		return new DescribedValue(descriptor, read(in, inner));
	}

	private static @Nullable Object readEmpty(int code) {
		return switch (code) {
			case FormatCode.NULL -> null;
			case FormatCode.TRUE -> Boolean.TRUE;
			case FormatCode.FALSE -> Boolean.FALSE;
			case FormatCode.UINT0 -> UnsignedInteger.ZERO;
			case FormatCode.ULONG0 -> UnsignedLong.ofBits(0);
			case FormatCode.LIST0 -> List.of();
			default -> throw FormatCode.unknown(code);
		};
	}

	private static Object readOneByte(Input in, int code) {
		return switch (code) {
			case FormatCode.UBYTE -> UnsignedByte.of(in.takeByte());
			case FormatCode.BYTE -> (byte) in.takeByte();
			case FormatCode.SMALL_UINT -> UnsignedInteger.ofBits(in.takeByte());
			case FormatCode.SMALL_ULONG -> UnsignedLong.ofBits(in.takeByte());
			case FormatCode.SMALL_INT -> (int) (byte) in.takeByte();
			case FormatCode.SMALL_LONG -> (long) (byte) in.takeByte();
			case FormatCode.BOOLEAN -> in.takeBoolean();
			default -> throw FormatCode.unknown(code);
		};
	}

	private static Object readTwoBytes(Input in, int code) {
		return switch (code) {
			case FormatCode.USHORT -> UnsignedShort.of(in.takeShort() & 0xFFFF);
			case FormatCode.SHORT -> (short) in.takeShort();
			default -> throw FormatCode.unknown(code);
		};
	}

	private static Object readFourBytes(Input in, int code) {
		return switch (code) {
			case FormatCode.UINT -> UnsignedInteger.ofBits(in.takeInt());
			case FormatCode.INT -> in.takeInt();
			case FormatCode.FLOAT -> Float.intBitsToFloat(in.takeInt());
			case FormatCode.CHAR -> character(in.takeInt());
			case FormatCode.DECIMAL32 -> new Decimal32(in.takeInt());
			default -> throw FormatCode.unknown(code);
		};
	}

	private static Object character(int codePoint) {
		if (!Character.isValidCodePoint(codePoint)) {
			throw new AmqpDecodeException("char is not Unicode: 0x" + Integer.toHexString(codePoint));
		}
		return Character.isBmpCodePoint(codePoint) ? (Object) (char) codePoint : new CodePoint(codePoint);
	}

	private static Object readEightBytes(Input in, int code) {
		return switch (code) {
			case FormatCode.ULONG -> UnsignedLong.ofBits(in.takeLong());
			case FormatCode.LONG -> in.takeLong();
			case FormatCode.DOUBLE -> Double.longBitsToDouble(in.takeLong());
			case FormatCode.TIMESTAMP -> Instant.ofEpochMilli(in.takeLong());
			case FormatCode.DECIMAL64 -> new Decimal64(in.takeLong());
			default -> throw FormatCode.unknown(code);
		};
	}

	private static Object readSixteenBytes(Input in, int code) {
		return switch (code) {
			case FormatCode.UUID -> new UUID(in.takeLong(), in.takeLong());
			case FormatCode.DECIMAL128 -> new Decimal128(in.takeLong(), in.takeLong());
			default -> throw FormatCode.unknown(code);
		};
	}

	private static Object readVariable(Input in, int code) {
		return switch (code) {
			case FormatCode.STRING8, FormatCode.STRING32 -> in.takeString(in.takeSize(code));
			case FormatCode.SYMBOL8, FormatCode.SYMBOL32 -> in.takeSymbol(in.takeSize(code));
			case FormatCode.BINARY8, FormatCode.BINARY32 -> in.takeBytes(in.takeSize(code));
			default -> throw FormatCode.unknown(code);
		};
	}

	private static Object readCompound(Input in, int code, int depth) {
		int narrow = code & ~FormatCode.WIDE;
		if (narrow != FormatCode.LIST8 && narrow != FormatCode.MAP8) {
			throw FormatCode.unknown(code);
		}
		int formerLimit = in.enter(in.takeSize(code));
		int count = in.takeCount(code, in.remaining());
		Object value = (narrow == FormatCode.LIST8) ? readElements(in, count, depth)
				: readEntries(in, entries(count), depth);
		in.leave(formerLimit);
		return value;
	}

	private static List<@Nullable Object> readElements(Input in, int count, int depth) {
		List<@Nullable Object> list = new ArrayList<>(Math.min(count, MAX_INITIAL_CAPACITY));
		for (int i = 0; i < count; i++) {
			list.add(read(in, depth));
		}
		return list;
	}

	private static Map<Object, @Nullable Object> readEntries(Input in, int entries, int depth) {
		Map<Object, @Nullable Object> map = new LinkedHashMap<>(Math.min(2 * entries, MAX_INITIAL_CAPACITY));
		for (int i = 0; i < entries; i++) {
			map.put(readKey(in, depth), read(in, depth));
		}
		return map;
	}

	/**
	 * Keys that do not compare could be made to collide without end in a hash map.
	 */
	private static Object readKey(Input in, int depth) {
		Object key = read(in, depth);
		if (key instanceof Comparable || key instanceof byte[]) {
			return key;
		}
		throw new AmqpDecodeException("map key must be a simple value but is "
				+ ((key != null) ? key.getClass().getSimpleName() : "null") + in.at());
	}

}
