package dev.servicebus.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Lock tokens as delivery tags carry them: the 16 bytes of a UUID in the order in which
 * .NET keeps a Guid in memory, its first three groups little-endian. Management requests
 * carry them as AMQP {@code uuid} instead, in the order of their text.
 */
public final class LockToken {

	private static final int LENGTH = 16;

	private LockToken() {
	}

	/**
	 * Reads a lock token from a delivery tag.
	 * @throws InvalidLockTokenException if the tag does not have 16 bytes
	 */
	public static UUID ofDeliveryTag(byte[] tag) {
		if (tag.length != LENGTH) {
			throw new InvalidLockTokenException(tag.length);
		}
		ByteBuffer little = ByteBuffer.wrap(tag).order(ByteOrder.LITTLE_ENDIAN);
		long high = Integer.toUnsignedLong(little.getInt()) << 32;
		high |= (little.getShort() & 0xFFFFL) << 16;
		high |= little.getShort() & 0xFFFFL;
		return new UUID(high, little.order(ByteOrder.BIG_ENDIAN).getLong());
	}

	/**
	 * The delivery tag that stands for a lock token.
	 */
	public static byte[] toDeliveryTag(UUID lockToken) {
		long high = lockToken.getMostSignificantBits();
		return ByteBuffer.allocate(LENGTH)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putInt((int) (high >>> 32))
			.putShort((short) (high >>> 16))
			.putShort((short) high)
			.order(ByteOrder.BIG_ENDIAN)
			.putLong(lockToken.getLeastSignificantBits())
			.array();
	}

}
