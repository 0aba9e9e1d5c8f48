package dev.servicebus.amqp.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Writes AMQP values into a growing array, each in the smallest encoding it has. Can be
 * used again after {@link #reset()}, also when a value was refused, which may leave a
 * part of it behind. Not thread-safe.
 */
public final class AmqpWriter {

	/**
	 * How deep lists, maps, arrays and described values may be nested; the reader has the
	 * same limit.
	 */
	public static final int MAX_DEPTH = AmqpReader.MAX_DEPTH;

	private static final int DEFAULT_CAPACITY = 512;

	private static final int MAX_NARROW = 0xFF;

	private final Output out;

	/**
	 * A writer with room for an average message without its body.
	 */
	public AmqpWriter() {
		this(DEFAULT_CAPACITY);
	}

	/**
	 * A writer with room for {@code capacity} bytes before it has to grow.
	 */
	public AmqpWriter(int capacity) {
		this.out = new Output(capacity);
	}

	/**
	 * The number of bytes written.
	 */
	public int size() {
		return this.out.position();
	}

	/**
	 * The array that holds the bytes, from index 0 to {@link #size()}. Replaced when it
	 * has to grow.
	 */
	public byte[] buffer() {
		return this.out.buffer();
	}

	/**
	 * A copy of the bytes written.
	 */
	public byte[] toByteArray() {
		return Arrays.copyOf(this.out.buffer(), this.out.position());
	}

	/**
	 * Forgets everything written and keeps the array.
	 */
	public void reset() {
		this.out.rewind(0);
	}

	/**
	 * Writes any value that has an AMQP type, see the package
	 * {@code dev.servicebus.amqp.type}. Primitive arrays, {@link java.util.Collection}
	 * and {@link java.util.Map} are also accepted; {@code byte[]} is a binary.
	 * @throws IllegalArgumentException if the value has no AMQP type, is nested too deep,
	 * or is an array whose elements have different types
	 */
	public void writeValue(@Nullable Object value) {
		ValueEncoder.write(this, value, 0);
	}

	public void writeNull() {
		this.out.putByte(FormatCode.NULL);
	}

	public void writeBoolean(boolean value) {
		this.out.putByte(value ? FormatCode.TRUE : FormatCode.FALSE);
	}

	/**
	 * Writes a {@code ubyte} from 0 to 255.
	 */
	public void writeUnsignedByte(int value) {
		this.out.putByte(FormatCode.UBYTE);
		this.out.putByte(value);
	}

	/**
	 * Writes a {@code uint} from its 32 bits.
	 */
	public void writeUnsignedInteger(int bits) {
		if (bits == 0) {
			this.out.putByte(FormatCode.UINT0);
		}
		else if (Integer.compareUnsigned(bits, MAX_NARROW) <= 0) {
			this.out.putByte(FormatCode.SMALL_UINT);
			this.out.putByte(bits);
		}
		else {
			this.out.putByte(FormatCode.UINT);
			this.out.putInt(bits);
		}
	}

	/**
	 * Writes a {@code ulong} from its 64 bits.
	 */
	public void writeUnsignedLong(long bits) {
		if (bits == 0) {
			this.out.putByte(FormatCode.ULONG0);
		}
		else if (Long.compareUnsigned(bits, MAX_NARROW) <= 0) {
			this.out.putByte(FormatCode.SMALL_ULONG);
			this.out.putByte((int) bits);
		}
		else {
			this.out.putByte(FormatCode.ULONG);
			this.out.putLong(bits);
		}
	}

	public void writeInteger(int value) {
		if (value == (byte) value) {
			this.out.putByte(FormatCode.SMALL_INT);
			this.out.putByte(value);
		}
		else {
			this.out.putByte(FormatCode.INT);
			this.out.putInt(value);
		}
	}

	public void writeLong(long value) {
		if (value == (byte) value) {
			this.out.putByte(FormatCode.SMALL_LONG);
			this.out.putByte((int) value);
		}
		else {
			this.out.putByte(FormatCode.LONG);
			this.out.putLong(value);
		}
	}

	/**
	 * Writes a {@code timestamp}; what is finer than a millisecond is cut off.
	 * @throws IllegalArgumentException if the milliseconds since 1970 exceed 64 bits
	 */
	public void writeTimestamp(Instant value) {
		this.out.putByte(FormatCode.TIMESTAMP);
		this.out.putTimestamp(value);
	}

	public void writeUuid(UUID value) {
		this.out.putByte(FormatCode.UUID);
		this.out.putLong(value.getMostSignificantBits());
		this.out.putLong(value.getLeastSignificantBits());
	}

	public void writeBinary(byte[] value) {
		writeBinary(value, 0, value.length);
	}

	public void writeBinary(byte[] array, int offset, int length) {
		this.out.putVariable(FormatCode.BINARY8, array, offset, length);
	}

	public void writeString(String value) {
		this.out.putText(FormatCode.STRING8, value);
	}

	/**
	 * Writes a symbol.
	 * @throws IllegalArgumentException if it is not ASCII
	 */
	public void writeSymbol(Symbol value) {
		if (!this.out.putShortAscii(FormatCode.SYMBOL8, value.toString())) {
			byte[] bytes = ascii(value);
			this.out.putVariable(FormatCode.SYMBOL8, bytes, 0, bytes.length);
		}
	}

	/**
	 * Writes what makes the next value a described one: the descriptor, as {@code ulong}.
	 */
	public void writeDescriptor(long descriptor) {
		this.out.putByte(FormatCode.DESCRIBED);
		writeUnsignedLong(descriptor);
	}

	/**
	 * Begins a list; its elements follow, then {@link #endList}.
	 * @return to be handed to {@link #endList}
	 */
	public int beginList() {
		return this.out.beginCompound(FormatCode.LIST8);
	}

	/**
	 * Ends a list.
	 * @param start what {@link #beginList()} returned
	 * @param count the number of elements written
	 */
	public void endList(int start, int count) {
		if (count == 0) {
			this.out.rewind(start);
			this.out.putByte(FormatCode.LIST0);
		}
		else {
			this.out.endCompound(start, count);
		}
	}

	/**
	 * Begins a map; keys and values follow in turn, then {@link #endMap}.
	 * @return to be handed to {@link #endMap}
	 */
	public int beginMap() {
		return this.out.beginCompound(FormatCode.MAP8);
	}

	/**
	 * Ends a map.
	 * @param start what {@link #beginMap()} returned
	 * @param entries the number of entries written
	 */
	public void endMap(int start, int entries) {
		this.out.endCompound(start, 2 * entries);
	}

	/**
	 * Appends bytes that are encoded already.
	 */
	public void writeEncoded(byte[] array, int offset, int length) {
		this.out.putBytes(array, offset, length);
	}

	Output out() {
		return this.out;
	}

	static byte[] ascii(Symbol symbol) {
		String text = symbol.toString();
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (bytes.length != text.length()) {
			throw new IllegalArgumentException("symbol must be ASCII but is '" + text + "'");
		}
		return bytes;
	}

}
