package dev.servicebus.amqp.simulation;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes in the order in which they came, whatever the pieces were.
 */
final class ByteQueue {

	private byte[] bytes = new byte[256];

	private int start;

	private int end;

	int size() {
		return this.end - this.start;
	}

	void add(ByteBuffer source) {
		int length = source.remaining();
		makeRoom(length);
		source.get(this.bytes, this.end, length);
		this.end += length;
	}

	/**
	 * Takes as many bytes as fit into {@code target}.
	 */
	void take(ByteBuffer target) {
		int length = Math.min(size(), target.remaining());
		target.put(this.bytes, this.start, length);
		this.start += length;
	}

	byte[] takeAll() {
		byte[] all = Arrays.copyOfRange(this.bytes, this.start, this.end);
		clear();
		return all;
	}

	void clear() {
		this.start = 0;
		this.end = 0;
	}

	private void makeRoom(int length) {
		if (this.bytes.length - this.end >= length) {
			return;
		}
		int size = size();
		byte[] target = (this.bytes.length - size >= length && this.start >= size) ? this.bytes
				: new byte[Math.max(2 * this.bytes.length, size + length)];
		System.arraycopy(this.bytes, this.start, target, 0, size);
		this.bytes = target;
		this.start = 0;
		this.end = size;
	}

}
