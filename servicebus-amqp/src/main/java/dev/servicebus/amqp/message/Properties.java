package dev.servicebus.amqp.message;

import java.time.Instant;
import java.util.UUID;

import dev.servicebus.amqp.type.UnsignedLong;
import org.jspecify.annotations.Nullable;

/**
 * The standard properties of a message (AMQP 1.0 section 3.2.4). Every field is
 * {@code null} if it is absent. Immutable, provided that nobody changes an array.
 *
 * @param messageId identifies the message: a {@link String}, {@link UUID},
 * {@link UnsignedLong} or {@code byte[]}
 * @param userId who created the message
 * @param to the node the message is meant for
 * @param subject what the message is about; Service Bus calls it label
 * @param replyTo the node to send replies to
 * @param correlationId what the message belongs to, of the same types as
 * {@code messageId}
 * @param contentType the MIME type of the body, ASCII
 * @param contentEncoding how the body is encoded in addition, ASCII
 * @param absoluteExpiryTime when the message expires
 * @param creationTime when the message was created
 * @param groupId the group the message belongs to; Service Bus calls it session
 * @param groupSequence the position in the group, from 0 to 2<sup>32</sup> - 1
 * @param replyToGroupId the group that replies should belong to
 */
public record Properties(@Nullable Object messageId, byte @Nullable [] userId, @Nullable String to,
		@Nullable String subject, @Nullable String replyTo, @Nullable Object correlationId,
		@Nullable String contentType, @Nullable String contentEncoding, @Nullable Instant absoluteExpiryTime,
		@Nullable Instant creationTime, @Nullable String groupId, @Nullable Long groupSequence,
		@Nullable String replyToGroupId) {

	/** No property at all. */
	public static final Properties EMPTY = builder().build();

	private static final long MAX_UINT = 0xFFFF_FFFFL;

	public Properties {
		checkId("messageId", messageId);
		checkId("correlationId", correlationId);
		Header.checkRange("groupSequence", groupSequence, MAX_UINT);
	}

	public static Builder builder() {
		return new Builder();
	}

	/**
	 * A builder that starts with these properties.
	 */
	public Builder mutate() {
		Builder builder = new Builder().messageId(this.messageId).userId(this.userId).to(this.to);
		builder.subject(this.subject).replyTo(this.replyTo).correlationId(this.correlationId);
		builder.contentType(this.contentType).contentEncoding(this.contentEncoding);
		builder.absoluteExpiryTime(this.absoluteExpiryTime).creationTime(this.creationTime);
		return builder.groupId(this.groupId).groupSequence(this.groupSequence).replyToGroupId(this.replyToGroupId);
	}

	static boolean isId(@Nullable Object id) {
		return id == null || id instanceof String || id instanceof UUID || id instanceof UnsignedLong
				|| id instanceof byte[];
	}

	private static void checkId(String field, @Nullable Object id) {
		if (id != null && !isId(id)) {
			throw new IllegalArgumentException(
					field + " must be a String, UUID, UnsignedLong or byte[] but is a " + id.getClass().getName());
		}
	}

	/**
	 * Collects properties. Not thread-safe.
	 */
	public static final class Builder {

		private @Nullable Object messageId;

		private byte @Nullable [] userId;

		private @Nullable String to;

		private @Nullable String subject;

		private @Nullable String replyTo;

		private @Nullable Object correlationId;

		private @Nullable String contentType;

		private @Nullable String contentEncoding;

		private @Nullable Instant absoluteExpiryTime;

		private @Nullable Instant creationTime;

		private @Nullable String groupId;

		private @Nullable Long groupSequence;

		private @Nullable String replyToGroupId;

		private Builder() {
		}

		public Builder messageId(@Nullable Object value) {
			this.messageId = value;
			return this;
		}

		public Builder userId(byte @Nullable [] value) {
			this.userId = value;
			return this;
		}

		public Builder to(@Nullable String value) {
			this.to = value;
			return this;
		}

		public Builder subject(@Nullable String value) {
			this.subject = value;
			return this;
		}

		public Builder replyTo(@Nullable String value) {
			this.replyTo = value;
			return this;
		}

		public Builder correlationId(@Nullable Object value) {
			this.correlationId = value;
			return this;
		}

		public Builder contentType(@Nullable String value) {
			this.contentType = value;
			return this;
		}

		public Builder contentEncoding(@Nullable String value) {
			this.contentEncoding = value;
			return this;
		}

		public Builder absoluteExpiryTime(@Nullable Instant value) {
			this.absoluteExpiryTime = value;
			return this;
		}

		public Builder creationTime(@Nullable Instant value) {
			this.creationTime = value;
			return this;
		}

		public Builder groupId(@Nullable String value) {
			this.groupId = value;
			return this;
		}

		public Builder groupSequence(@Nullable Long value) {
			this.groupSequence = value;
			return this;
		}

		public Builder replyToGroupId(@Nullable String value) {
			this.replyToGroupId = value;
			return this;
		}

		/**
		 * Returns the properties.
		 * @throws IllegalArgumentException if a value is of a wrong type or out of range
		 */
		public Properties build() {
			return new Properties(this.messageId, this.userId, this.to, this.subject, this.replyTo, this.correlationId,
					this.contentType, this.contentEncoding, this.absoluteExpiryTime, this.creationTime, this.groupId,
					this.groupSequence, this.replyToGroupId);
		}

	}

}
