package dev.servicebus.message;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.servicebus.amqp.message.ByteSlice;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.MessageBody;
import org.jspecify.annotations.Nullable;

/**
 * A message that was received or peeked: a view over its bytes, which are decoded as far
 * as somebody asks. Immutable but for {@link #lockedUntil()}, which moves when the lock
 * is renewed, and {@link #autoRenewError()}; thread-safe.
 *
 * <p>
 * Every accessor throws {@link dev.servicebus.amqp.codec.AmqpDecodeException} if the part
 * of the message that it reads is malformed. What the broker should say but does not, or
 * in a type that it should not have, counts as absent.
 */
public final class ServiceBusReceivedMessage extends SettleableMessage {

	private final EncodedMessage encoded;

	private final @Nullable UUID lockToken;

	private @Nullable MessageSettler settler;

	private @Nullable String statedMessageId;

	/**
	 * In milliseconds since 1970, zero if the lock was not renewed. Millions of messages
	 * can be renewed again and again without an object for it.
	 */
	private volatile long renewedUntil;

	private volatile @Nullable RuntimeException autoRenewError;

	private @Nullable Map<String, @Nullable Object> applicationProperties;

	private ServiceBusReceivedMessage(EncodedMessage encoded, @Nullable UUID lockToken) {
		this.encoded = Objects.requireNonNull(encoded, "encoded");
		this.lockToken = lockToken;
	}

	/**
	 * Makes a received message from what arrived. Meant for the client.
	 * @param encoded the message as it arrived
	 * @param lockToken identifies its lock, {@code null} if it is not locked
	 */
	public static ServiceBusReceivedMessage of(EncodedMessage encoded, @Nullable UUID lockToken) {
		return new ServiceBusReceivedMessage(encoded, lockToken);
	}

	/**
	 * Makes a received message from what would be sent. Meant for tests of message
	 * handlers: the message is known to no broker and carries nothing that one would add.
	 * @param message what would be sent
	 * @param lockToken identifies its lock, {@code null} if it is not locked
	 */
	public static ServiceBusReceivedMessage of(ServiceBusMessage message, @Nullable UUID lockToken) {
		byte[] sent = new MessageEncoder(InstantSource.system()).encode(message);
		return new ServiceBusReceivedMessage(EncodedMessage.of(sent), lockToken);
	}

	/**
	 * Names who settles this message and renews its lock when it is asked to. Meant for
	 * who hands messages out, before they do, and for tests.
	 * @return this message
	 */
	public ServiceBusReceivedMessage settledBy(MessageSettler newSettler) {
		this.settler = Objects.requireNonNull(newSettler, "newSettler");
		return this;
	}

	/**
	 * Shows another id than the one that was sent, because this is a copy of the message
	 * with that id. Meant for who hands messages out, before they do.
	 * @return this message
	 */
	public ServiceBusReceivedMessage identifiedAs(String messageId) {
		this.statedMessageId = Objects.requireNonNull(messageId, "messageId");
		return this;
	}

	@Override
	ServiceBusReceivedMessage message() {
		return this;
	}

	@Override
	MessageSettler settler() {
		MessageSettler known = this.settler;
		if (known == null) {
			throw new IllegalStateException("Nobody settles this message: it was not received by a receiver or a "
					+ "listener; settle it where it comes from");
		}
		return known;
	}

	/**
	 * A message to be sent with the same body, properties and ids. What the broker has
	 * added to this one, its place, lock and dead-letter reason, is not part of it.
	 */
	public ServiceBusMessage toMessage() {
		return MessageCopy.of(this);
	}

	/**
	 * The message as AMQP sees it, with everything that has no method here.
	 */
	public EncodedMessage amqpMessage() {
		return this.encoded;
	}

	/**
	 * The body; what it holds must not be changed.
	 */
	public MessageBody body() {
		return this.encoded.body();
	}

	/**
	 * The bytes of the body, as a copy; of a value that is text, in UTF-8.
	 * @throws IllegalStateException if the body is neither bytes nor text
	 */
	public byte[] bodyAsBytes() {
		List<ByteSlice> data = this.encoded.data();
		return (data.size() == 1) ? data.get(0).toByteArray() : BodyContent.bytes(this.encoded.body());
	}

	/**
	 * The body as text, its bytes read as UTF-8.
	 * @throws IllegalStateException if the body is neither bytes nor text
	 */
	public String bodyAsString() {
		List<ByteSlice> data = this.encoded.data();
		if (data.size() != 1) {
			return BodyContent.text(this.encoded.body());
		}
		ByteSlice bytes = data.get(0);
		return new String(bytes.array(), bytes.offset(), bytes.length(), StandardCharsets.UTF_8);
	}

	/**
	 * The properties that the application defines; unmodifiable.
	 */
	public Map<String, @Nullable Object> applicationProperties() {
		Map<String, @Nullable Object> properties = this.applicationProperties;
		if (properties == null) {
			properties = ApplicationProperties.fromAmqp(this.encoded.applicationProperties());
			this.applicationProperties = properties;
		}
		return properties;
	}

	/**
	 * Identifies the message, for the application and for duplicate detection.
	 */
	public @Nullable String messageId() {
		String stated = this.statedMessageId;
		return (stated != null) ? stated : BodyContent.id(this.encoded.properties().messageId());
	}

	/**
	 * The session to which the message belongs.
	 */
	public @Nullable String sessionId() {
		return this.encoded.properties().groupId();
	}

	/**
	 * The partition key with which the message was sent.
	 */
	public @Nullable String partitionKey() {
		return BrokerFields.text(this.encoded, MessageAnnotation.PARTITION_KEY);
	}

	/**
	 * The partition key of the entity through which a transaction sent the message.
	 */
	public @Nullable String transactionPartitionKey() {
		return BrokerFields.text(this.encoded, MessageAnnotation.TRANSACTION_PARTITION_KEY);
	}

	/**
	 * The media type of the body.
	 */
	public @Nullable String contentType() {
		return this.encoded.properties().contentType();
	}

	/**
	 * How the body is encoded beside its media type, for example {@code gzip}. The bodies
	 * of this class are as they came.
	 */
	public @Nullable String contentEncoding() {
		return this.encoded.properties().contentEncoding();
	}

	/**
	 * What the message answers or belongs to.
	 */
	public @Nullable String correlationId() {
		return BodyContent.id(this.encoded.properties().correlationId());
	}

	/**
	 * What the message is about; the service also calls it the label.
	 */
	public @Nullable String subject() {
		return this.encoded.properties().subject();
	}

	/**
	 * The address that the message is meant for.
	 */
	public @Nullable String to() {
		return this.encoded.properties().to();
	}

	/**
	 * The entity to which answers should be sent.
	 */
	public @Nullable String replyTo() {
		return this.encoded.properties().replyTo();
	}

	/**
	 * The session in which answers should be sent.
	 */
	public @Nullable String replyToSessionId() {
		return this.encoded.properties().replyToGroupId();
	}

	/**
	 * How long the message lives from the moment it was enqueued, {@code null} for ever.
	 */
	public @Nullable Duration timeToLive() {
		Long millis = this.encoded.header().ttl();
		return (millis != null) ? Duration.ofMillis(millis) : null;
	}

	/**
	 * When the message was to be enqueued, {@code null} if it was not scheduled.
	 */
	public @Nullable OffsetDateTime scheduledEnqueueTime() {
		return BrokerFields.time(this.encoded, MessageAnnotation.SCHEDULED_ENQUEUE_TIME);
	}

	/**
	 * Why the message is in the dead-letter queue.
	 */
	public @Nullable String deadLetterReason() {
		return BrokerFields.property(this.encoded, "DeadLetterReason");
	}

	/**
	 * More about why the message is in the dead-letter queue.
	 */
	public @Nullable String deadLetterErrorDescription() {
		return BrokerFields.property(this.encoded, "DeadLetterErrorDescription");
	}

	/**
	 * The entity in which the message was dead-lettered, once it was forwarded out of the
	 * dead-letter queue.
	 */
	public @Nullable String deadLetterSource() {
		return BrokerFields.text(this.encoded, MessageAnnotation.DEAD_LETTER_SOURCE);
	}

	/**
	 * How often the message was delivered before without being completed; 0 at the first
	 * delivery.
	 */
	public long deliveryCount() {
		Long count = this.encoded.header().deliveryCount();
		return (count != null) ? count : 0;
	}

	/**
	 * The number that the broker gave the message in this entity; rising, unique.
	 */
	public long sequenceNumber() {
		return BrokerFields.number(this.encoded, MessageAnnotation.SEQUENCE_NUMBER);
	}

	/**
	 * The number that the message had in the first entity, if it was forwarded; 0
	 * otherwise.
	 */
	public long enqueuedSequenceNumber() {
		return BrokerFields.number(this.encoded, MessageAnnotation.ENQUEUED_SEQUENCE_NUMBER);
	}

	/**
	 * When the broker took the message.
	 */
	public @Nullable OffsetDateTime enqueuedTime() {
		return BrokerFields.time(this.encoded, MessageAnnotation.ENQUEUED_TIME);
	}

	/**
	 * When the message expires, {@code null} for never.
	 */
	public @Nullable OffsetDateTime expiresAt() {
		Instant stated = this.encoded.properties().absoluteExpiryTime();
		if (stated != null) {
			return BrokerFields.utc(stated);
		}
		OffsetDateTime enqueued = enqueuedTime();
		Duration timeToLive = timeToLive();
		return (enqueued != null && timeToLive != null) ? enqueued.plus(timeToLive) : null;
	}

	/**
	 * Where in its life the message stands.
	 */
	public MessageState state() {
		return BrokerFields.state(this.encoded);
	}

	/**
	 * Identifies the lock of the message, {@code null} if it is not locked: it was only
	 * peeked, or is deleted already.
	 */
	public @Nullable UUID lockToken() {
		return this.lockToken;
	}

	/**
	 * Until when the message is locked as far as is known here, on the broker's clock;
	 * {@code null} if it is not locked.
	 */
	public @Nullable OffsetDateTime lockedUntil() {
		long renewed = this.renewedUntil;
		return (renewed != 0) ? BrokerFields.utc(Instant.ofEpochMilli(renewed))
				: BrokerFields.time(this.encoded, MessageAnnotation.LOCKED_UNTIL);
	}

	/**
	 * Notes that the lock was renewed. Meant for the client only: it changes what this
	 * object knows, not the lock. Thread-safe.
	 */
	public void lockRenewed(Instant newLockedUntil) {
		this.renewedUntil = newLockedUntil.toEpochMilli();
	}

	/**
	 * What ended the automatic renewal of the lock: a
	 * {@code AutoLockRenewTimeoutException} or a {@code AutoLockRenewFailedException} of
	 * the client; {@code null} if it goes on, or was never begun.
	 */
	public @Nullable RuntimeException autoRenewError() {
		return this.autoRenewError;
	}

	/**
	 * Notes that the automatic renewal of the lock has failed. Meant for the client only.
	 * Thread-safe.
	 */
	public void autoRenewFailed(RuntimeException failure) {
		this.autoRenewError = Objects.requireNonNull(failure, "failure");
	}

	/**
	 * Shows neither body nor properties: they may be confidential, and hold anything.
	 */
	@Override
	public String toString() {
		return "ServiceBusReceivedMessage[lockToken=" + this.lockToken + ", size=" + this.encoded.size() + "]";
	}

}
