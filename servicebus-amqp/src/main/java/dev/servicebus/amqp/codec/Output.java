package dev.servicebus.amqp.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * The bytes that are written, in an array that grows.
 */
final class Output {

	/**
	 * Constructor, size and count in one byte each.
	 */
	private static final int NARROW_HEAD = 3;

	/**
	 * What size and count take more when they need four bytes each.
	 */
	private static final int WIDENING = 6;

	private static final int MAX_NARROW = 0xFF;

	private static final int MAX_ASCII = 0x7F;

	private byte[] buffer;

	private int position;

	Output(int capacity) {
		this.buffer = new byte[capacity];
	}

	byte[] buffer() {
		return this.buffer;
	}

	int position() {
		return this.position;
	}

	/**
	 * Forgets everything from here on.
	 */
	void rewind(int formerPosition) {
		this.position = formerPosition;
	}

	int beginCompound(int narrowCode) {
		int start = this.position;
		ensure(NARROW_HEAD);
		this.buffer[start] = (byte) narrowCode;
		this.position = start + NARROW_HEAD;
		return start;
	}

	/**
	 * Fills in size and count, and moves the elements if these do not fit one byte each.
	 */
	void endCompound(int start, int count) {
		int elements = start + NARROW_HEAD;
		int size = this.position - elements;
		if (size < MAX_NARROW && count <= MAX_NARROW) {
			this.buffer[start + 1] = (byte) (size + 1);
			this.buffer[start + 2] = (byte) count;
			return;
		}
		ensure(WIDENING);
		System.arraycopy(this.buffer, elements, this.buffer, elements + WIDENING, size);
		this.position += WIDENING;
		this.buffer[start] += FormatCode.WIDE;
		BigEndian.putInt(this.buffer, start + 1, size + Integer.BYTES);
		BigEndian.putInt(this.buffer, start + 1 + Integer.BYTES, count);
	}

	/**
	 * Begins the content of a list, map or array whose constructor an enclosing array has
	 * written: size and count in four bytes each.
	 */
	int beginContent() {
		int start = this.position;
		putLong(0);
		return start;
	}

	void endContent(int start, int count) {
		BigEndian.putInt(this.buffer, start, this.position - start - Integer.BYTES);
		BigEndian.putInt(this.buffer, start + Integer.BYTES, count);
	}

	void putByte(int value) {
		ensure(1);
		this.buffer[this.position++] = (byte) value;
	}

	void putShort(int value) {
		ensure(Short.BYTES);
		BigEndian.putShort(this.buffer, this.position, (short) value);
		this.position += Short.BYTES;
	}

	void putInt(int value) {
		ensure(Integer.BYTES);
		BigEndian.putInt(this.buffer, this.position, value);
		this.position += Integer.BYTES;
	}

	void putLong(long value) {
		ensure(Long.BYTES);
		BigEndian.putLong(this.buffer, this.position, value);
		this.position += Long.BYTES;
	}

	void putTimestamp(Instant value) {
		try {
			putLong(value.toEpochMilli());
		}
		catch (ArithmeticException ex) {
			throw new IllegalArgumentException("timestamp is out of range: " + value, ex);
		}
	}

	/**
	 * Writes text as UTF-8. Most of it is short and ASCII, and goes into the buffer
	 * without an array in between.
	 */
	void putText(int narrowCode, String text) {
		if (!putShortAscii(narrowCode, text)) {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			putVariable(narrowCode, bytes, 0, bytes.length);
		}
	}

	/**
	 * Writes text whose length fits one byte, and each of whose characters does.
	 * @return whether it is such text; if not, nothing was written
	 */
	boolean putShortAscii(int narrowCode, String text) {
		int length = text.length();
		if (length > MAX_NARROW) {
			return false;
		}
		ensure(2 + length);
		byte[] target = this.buffer;
		int start = this.position + 2;
		int bits = 0;
		for (int i = 0; i < length; i++) {
			char character = text.charAt(i);
			target[start + i] = (byte) character;
			bits |= character;
		}
		if (bits > MAX_ASCII) {
			return false;
		}
		target[start - 2] = (byte) narrowCode;
		target[start - 1] = (byte) length;
		this.position = start + length;
		return true;
	}

	void putVariable(int narrowCode, byte[] array, int offset, int length) {
		if (length <= MAX_NARROW) {
			putByte(narrowCode);
			putByte(length);
		}
		else {
			putByte(narrowCode + FormatCode.WIDE);
			putInt(length);
		}
		putBytes(array, offset, length);
	}

	void putBytes(byte[] array, int offset, int length) {
		ensure(length);
		System.arraycopy(array, offset, this.buffer, this.position, length);
		this.position += length;
	}

	private void ensure(int bytes) {
		if (this.buffer.length - this.position < bytes) {
			grow(bytes);
		}
	}

	private void grow(int bytes) {
		int needed = Math.addExact(this.position, bytes);
		this.buffer = Arrays.copyOf(this.buffer, Math.max(needed, 2 * this.buffer.length));
	}

}
