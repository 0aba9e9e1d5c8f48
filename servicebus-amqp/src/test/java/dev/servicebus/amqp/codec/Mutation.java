package dev.servicebus.amqp.codec;

import java.util.Arrays;
import java.util.Random;

/**
 * Damages bytes the way broken or hostile peers do.
 */
public final class Mutation {

	private static final byte[] REMARKABLE = { 0, 1, (byte) 0x7F, (byte) 0x80, (byte) 0xFF, 0x40, 0x45, 0x53,
			(byte) 0xA1, (byte) 0xB1, (byte) 0xC0, (byte) 0xC1, (byte) 0xD0, (byte) 0xD1, (byte) 0xE0, (byte) 0xF0 };

	private Mutation() {
	}

	/**
	 * Returns changed bytes; the given ones stay as they are.
	 */
	public static byte[] of(byte[] original, Random random) {
		byte[] bytes = original.clone();
		for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 0; i--) {
			bytes = change(bytes, random);
		}
		return bytes;
	}

	private static byte[] change(byte[] bytes, Random random) {
		int index = random.nextInt(bytes.length);
		switch (random.nextInt(5)) {
			case 0 -> bytes[index] ^= (byte) (1 << random.nextInt(8));
			case 1 -> bytes[index] = (byte) random.nextInt();
			case 2 -> bytes[index] = REMARKABLE[random.nextInt(REMARKABLE.length)];
			case 3 -> {
				return Arrays.copyOf(bytes, index);
			}
			default -> {
				int length = random.nextInt(bytes.length - index);
				System.arraycopy(bytes, index, bytes, random.nextInt(bytes.length - length), length);
			}
		}
		return bytes;
	}

}
