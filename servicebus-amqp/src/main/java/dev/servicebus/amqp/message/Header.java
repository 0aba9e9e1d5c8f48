package dev.servicebus.amqp.message;

import org.jspecify.annotations.Nullable;

/**
 * The header of a message (AMQP 1.0 section 3.2.1). Every field is {@code null} if it is
 * absent. Immutable.
 *
 * @param durable whether the message must survive a restart; absent means no
 * @param priority from 0 to 255, higher goes first; absent means 4
 * @param ttl how long the message lives, in milliseconds from 0 to 2<sup>32</sup> - 1
 * @param firstAcquirer whether nobody has acquired the message before; absent means no
 * @param deliveryCount how often delivery has failed, from 0 to 2<sup>32</sup> - 1;
 * absent means 0
 */
public record Header(@Nullable Boolean durable, @Nullable Integer priority, @Nullable Long ttl,
		@Nullable Boolean firstAcquirer, @Nullable Long deliveryCount) {

	/** A header without any field, the same as none. */
	public static final Header EMPTY = new Header(null, null, null, null, null);

	private static final int MAX_UBYTE = 0xFF;

	private static final long MAX_UINT = 0xFFFF_FFFFL;

	public Header {
		checkRange("priority", (priority != null) ? priority.longValue() : null, MAX_UBYTE);
		checkRange("ttl", ttl, MAX_UINT);
		checkRange("deliveryCount", deliveryCount, MAX_UINT);
	}

	public Header withDurable(@Nullable Boolean newDurable) {
		return new Header(newDurable, this.priority, this.ttl, this.firstAcquirer, this.deliveryCount);
	}

	public Header withPriority(@Nullable Integer newPriority) {
		return new Header(this.durable, newPriority, this.ttl, this.firstAcquirer, this.deliveryCount);
	}

	public Header withTtl(@Nullable Long newTtl) {
		return new Header(this.durable, this.priority, newTtl, this.firstAcquirer, this.deliveryCount);
	}

	public Header withFirstAcquirer(@Nullable Boolean newFirstAcquirer) {
		return new Header(this.durable, this.priority, this.ttl, newFirstAcquirer, this.deliveryCount);
	}

	public Header withDeliveryCount(@Nullable Long newDeliveryCount) {
		return new Header(this.durable, this.priority, this.ttl, this.firstAcquirer, newDeliveryCount);
	}

	static void checkRange(String field, @Nullable Long value, long max) {
		if (value != null && (value < 0 || value > max)) {
			throw new IllegalArgumentException(field + " must be from 0 to " + max + " but is " + value);
		}
	}

}
