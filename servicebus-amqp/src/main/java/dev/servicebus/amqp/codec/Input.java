package dev.servicebus.amqp.codec;

import java.util.Objects;

import dev.servicebus.amqp.type.Symbol;

/**
 * The bytes that are read, and every check that keeps reading inside them.
 */
final class Input {

	/**
	 * Elements that take no bytes could be declared in any number; this many are allowed
	 * in everything that one reader reads.
	 */
	private static final int MAX_ZERO_WIDTH_ELEMENTS = 1024;

	private final byte[] buffer;

	private int position;

	private int limit;

	private int zeroWidthElements;

	Input(byte[] array, int offset, int length) {
		Objects.checkFromIndexSize(offset, length, array.length);
		this.buffer = array;
		this.position = offset;
		this.limit = offset + length;
	}

	int position() {
		return this.position;
	}

	int remaining() {
		return this.limit - this.position;
	}

	/**
	 * Goes back to where reading was before.
	 */
	void rewind(int formerPosition) {
		this.position = formerPosition;
	}

	void skip(int bytes) {
		require(bytes);
		this.position += bytes;
	}

	int takeByte() {
		require(1);
		return this.buffer[this.position++] & 0xFF;
	}

	int takeShort() {
		require(Short.BYTES);
		short value = BigEndian.getShort(this.buffer, this.position);
		this.position += Short.BYTES;
		return value;
	}

	int takeInt() {
		require(Integer.BYTES);
		int value = BigEndian.getInt(this.buffer, this.position);
		this.position += Integer.BYTES;
		return value;
	}

	long takeLong() {
		require(Long.BYTES);
		long value = BigEndian.getLong(this.buffer, this.position);
		this.position += Long.BYTES;
		return value;
	}

	boolean takeBoolean() {
		int value = takeByte();
		if (value > 1) {
			throw new AmqpDecodeException("boolean must be 0 or 1 but is " + value + at());
		}
		return value == 1;
	}

	byte[] takeBytes(int length) {
		byte[] bytes = new byte[length];
		System.arraycopy(this.buffer, this.position, bytes, 0, length);
		this.position += length;
		return bytes;
	}

	String takeString(int length) {
		String text = Utf8.decode(this.buffer, this.position, length);
		this.position += length;
		return text;
	}

	Symbol takeSymbol(int length) {
		Symbol symbol = SymbolCache.get(this.buffer, this.position, length);
		this.position += length;
		return symbol;
	}

	/**
	 * Reads a size of one or four bytes and checks that this much is there.
	 */
	int takeSize(int code) {
		int size = ((code & FormatCode.WIDE) != 0) ? takeInt() : takeByte();
		require(size);
		return size;
	}

	/**
	 * Reads the count of a list, map or array, which cannot exceed its size unless the
	 * elements of an array have no width.
	 */
	int takeCount(int code, int size) {
		int width = ((code & FormatCode.WIDE) != 0) ? Integer.BYTES : 1;
		if (size < width) {
			throw new AmqpDecodeException("size " + size + " leaves no room for a count" + at());
		}
		int count = (width == 1) ? takeByte() : takeInt();
		boolean array = (code | FormatCode.WIDE) == FormatCode.ARRAY32;
		if (count < 0 || (!array && count > size - width)) {
			throw new AmqpDecodeException(
					"count " + Integer.toUnsignedString(count) + " does not fit size " + size + at());
		}
		return count;
	}

	/**
	 * Confines reading to the next bytes and returns the former limit for {@link #leave}.
	 */
	int enter(int size) {
		int former = this.limit;
		this.limit = this.position + size;
		return former;
	}

	void leave(int formerLimit) {
		if (this.position != this.limit) {
			throw new AmqpDecodeException(remaining() + " bytes follow the last element" + at());
		}
		this.limit = formerLimit;
	}

	/**
	 * Passes over text and returns whether it was this.
	 */
	boolean skipText(String expected, int length) {
		boolean same = SymbolCache.matches(expected, this.buffer, this.position, length);
		this.position += length;
		return same;
	}

	/**
	 * Counts further elements that take no bytes and returns whether so many are allowed.
	 */
	boolean allowZeroWidth(int count) {
		this.zeroWidthElements += Math.min(count, MAX_ZERO_WIDTH_ELEMENTS + 1);
		return this.zeroWidthElements <= MAX_ZERO_WIDTH_ELEMENTS;
	}

	String at() {
		return " at index " + this.position;
	}

	private void require(int bytes) {
		if (bytes < 0 || this.limit - this.position < bytes) {
			throw new AmqpDecodeException(
					Integer.toUnsignedString(bytes) + " bytes expected but " + remaining() + " left" + at());
		}
	}

}
