package dev.servicebus.amqp.message;

import java.util.Arrays;
import java.util.Objects;

/**
 * A part of an array that is not copied. The array must not be changed.
 *
 * @param array holds the bytes
 * @param offset where they begin
 * @param length how many they are
 */
public record ByteSlice(byte[] array, int offset, int length) {

	public ByteSlice {
		Objects.checkFromIndexSize(offset, length, array.length);
	}

	/**
	 * A copy of the bytes.
	 */
	public byte[] toByteArray() {
		return Arrays.copyOfRange(this.array, this.offset, this.offset + this.length);
	}

	@Override
	public String toString() {
		return this.length + " bytes";
	}

}
