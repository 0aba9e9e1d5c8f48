package dev.servicebus.amqp.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in network byte order inside an array.
 */
final class BigEndian {

	private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private BigEndian() {
	}

	static short getShort(byte[] bytes, int index) {
		return (short) SHORTS.get(bytes, index);
	}

	static int getInt(byte[] bytes, int index) {
		return (int) INTS.get(bytes, index);
	}

	static long getLong(byte[] bytes, int index) {
		return (long) LONGS.get(bytes, index);
	}

	static void putShort(byte[] bytes, int index, short value) {
		SHORTS.set(bytes, index, value);
	}

	static void putInt(byte[] bytes, int index, int value) {
		INTS.set(bytes, index, value);
	}

	static void putLong(byte[] bytes, int index, long value) {
		LONGS.set(bytes, index, value);
	}

}
