package dev.servicebus.emulator.delivery;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Draws lock tokens: random UUIDs of version 4. The bytes are fetched many at a time,
 * since a secure generator is slow per call and every delivery needs a token. Belongs to
 * the broker's loop.
 */
public final class LockTokens {

	private static final int TOKENS_AT_A_TIME = 256;

	private final byte[] bytes = new byte[TOKENS_AT_A_TIME * 2 * Long.BYTES];

	private final ByteBuffer buffer = ByteBuffer.wrap(this.bytes).position(this.bytes.length);

	private final RandomGenerator random;

	/**
	 * Creates a source of tokens.
	 * @param random where the bytes come from: a {@link java.security.SecureRandom},
	 * unless tokens have to be repeatable
	 */
	public LockTokens(RandomGenerator random) {
		this.random = random;
	}

	UUID next() {
		if (!this.buffer.hasRemaining()) {
			this.random.nextBytes(this.bytes);
			this.buffer.clear();
		}
		long high = this.buffer.getLong();
		long low = this.buffer.getLong();
		return new UUID(high & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L, low & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
	}

}
