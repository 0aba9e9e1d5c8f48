package dev.servicebus.message;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A message that was received or peeked. Immutable but for {@link #lockedUntil()}, which
 * moves when the lock is renewed; thread-safe.
 */
public final class ServiceBusReceivedMessage {

	private final ServiceBusMessage content;

	private final @Nullable UUID lockToken;

	private volatile @Nullable OffsetDateTime lockedUntil;

	private ServiceBusReceivedMessage(ServiceBusMessage content, @Nullable UUID lockToken) {
		this.content = content;
		this.lockToken = lockToken;
	}

	/**
	 * Makes a received message. Meant for the client, and for tests of message handlers.
	 * @param content what was sent
	 * @param lockToken identifies its lock, {@code null} if it is not locked
	 */
	public static ServiceBusReceivedMessage of(ServiceBusMessage content, @Nullable UUID lockToken) {
		return new ServiceBusReceivedMessage(Objects.requireNonNull(content, "content"), lockToken);
	}

	/**
	 * The bytes of the body, as a copy.
	 */
	public byte[] bodyAsBytes() {
		return this.content.bodyAsBytes();
	}

	/**
	 * The body as text.
	 */
	public String bodyAsString() {
		return this.content.bodyAsString();
	}

	/**
	 * The properties that the application defines; unmodifiable.
	 */
	public Map<String, @Nullable Object> applicationProperties() {
		return this.content.applicationProperties();
	}

	/**
	 * Identifies the message, for the application and for duplicate detection.
	 */
	public @Nullable String messageId() {
		return this.content.messageId();
	}

	/**
	 * The session to which the message belongs.
	 */
	public @Nullable String sessionId() {
		return this.content.sessionId();
	}

	/**
	 * The partition key with which the message was sent.
	 */
	public @Nullable String partitionKey() {
		return this.content.partitionKey();
	}

	/**
	 * The media type of the body.
	 */
	public @Nullable String contentType() {
		return this.content.contentType();
	}

	/**
	 * What the message answers or belongs to.
	 */
	public @Nullable String correlationId() {
		return this.content.correlationId();
	}

	/**
	 * What the message is about; the service also calls it the label.
	 */
	public @Nullable String subject() {
		return this.content.subject();
	}

	/**
	 * The address that the message is meant for.
	 */
	public @Nullable String to() {
		return this.content.to();
	}

	/**
	 * The entity to which answers should be sent.
	 */
	public @Nullable String replyTo() {
		return this.content.replyTo();
	}

	/**
	 * The session in which answers should be sent.
	 */
	public @Nullable String replyToSessionId() {
		return this.content.replyToSessionId();
	}

	/**
	 * How long the message lives from the moment it was enqueued, {@code null} for ever.
	 */
	public @Nullable Duration timeToLive() {
		return this.content.timeToLive();
	}

	/**
	 * When the message was to be enqueued, {@code null} if it was not scheduled.
	 */
	public @Nullable OffsetDateTime scheduledEnqueueTime() {
		return this.content.scheduledEnqueueTime();
	}

	/**
	 * Why the message is in the dead-letter queue.
	 */
	public @Nullable String deadLetterReason() {
		return null;
	}

	/**
	 * More about why the message is in the dead-letter queue.
	 */
	public @Nullable String deadLetterErrorDescription() {
		return null;
	}

	/**
	 * The entity in which the message was dead-lettered, once it was forwarded out of the
	 * dead-letter queue.
	 */
	public @Nullable String deadLetterSource() {
		return null;
	}

	/**
	 * How often the message was delivered before without being completed; 0 at the first
	 * delivery.
	 */
	public long deliveryCount() {
		return 0;
	}

	/**
	 * The number that the broker gave the message in this entity; rising, unique.
	 */
	public long sequenceNumber() {
		return 0;
	}

	/**
	 * The number that the message had in the first entity, if it was forwarded; 0
	 * otherwise.
	 */
	public long enqueuedSequenceNumber() {
		return 0;
	}

	/**
	 * When the broker took the message.
	 */
	public @Nullable OffsetDateTime enqueuedTime() {
		return null;
	}

	/**
	 * When the message expires, {@code null} for never.
	 */
	public @Nullable OffsetDateTime expiresAt() {
		return null;
	}

	/**
	 * Where in its life the message stands.
	 */
	public MessageState state() {
		return MessageState.ACTIVE;
	}

	/**
	 * Identifies the lock of the message, {@code null} if it is not locked: it was only
	 * peeked, or is deleted already.
	 */
	public @Nullable UUID lockToken() {
		return this.lockToken;
	}

	/**
	 * Until when the message is locked as far as is known here, on the broker's clock.
	 */
	public @Nullable OffsetDateTime lockedUntil() {
		return this.lockedUntil;
	}

	/**
	 * Notes that the lock was renewed. Meant for the client only: it changes what this
	 * object knows, not the lock. Thread-safe.
	 */
	public void lockRenewed(OffsetDateTime newLockedUntil) {
		this.lockedUntil = Objects.requireNonNull(newLockedUntil, "newLockedUntil");
	}

}
