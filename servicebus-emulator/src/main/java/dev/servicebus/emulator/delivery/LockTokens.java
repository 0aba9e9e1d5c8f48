package dev.servicebus.emulator.delivery;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Draws lock tokens: random UUIDs of version 4. Belongs to the broker's loop.
 *
 * <p>
 * A token has to be unique, not secret: whether somebody may settle at all is decided
 * before the token is looked at. So it need not cost what a secure generator takes for
 * every delivery.
 */
public final class LockTokens {

	private static final long VERSION_4 = 0x4000L;

	private static final long VERSION_MASK = 0xF000L;

	private static final long VARIANT_2 = 0x8000_0000_0000_0000L;

	private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;

	private final RandomGenerator random;

	/**
	 * Creates a source of tokens.
	 * @param random where the bits come from; with a seed of its own, the tokens are
	 * repeatable
	 */
	public LockTokens(RandomGenerator random) {
		this.random = random;
	}

	/**
	 * Tokens of a fast generator with a secure seed.
	 */
	public static LockTokens unpredictablySeeded() {
		return new LockTokens(new SplittableRandom(new SecureRandom().nextLong()));
	}

	UUID next() {
		long high = this.random.nextLong() & ~VERSION_MASK | VERSION_4;
		long low = this.random.nextLong() & ~VARIANT_MASK | VARIANT_2;
		return new UUID(high, low);
	}

}
