package dev.servicebus.emulator.amqp.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * The tags under which messages are delivered: the lock token in the byte order of a .NET
 * {@code Guid}, whose first three groups are little-endian.
 */
public final class DeliveryTag {

	private static final int LENGTH = 16;

	private DeliveryTag() {
	}

	/**
	 * The tag of a locked message.
	 */
	public static byte[] of(UUID lockToken) {
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

	/**
	 * A tag of the same length for a message that is not locked.
	 * @param number different for every message of a link
	 */
	public static byte[] ofUnlocked(long number) {
		return ByteBuffer.allocate(LENGTH).putLong(Long.BYTES, number).array();
	}

}
