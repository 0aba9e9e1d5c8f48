package dev.servicebus.converter;

/**
 * The names under which the properties of a Service Bus message appear as headers. Its
 * application properties appear under their own names, its content type as
 * {@link org.springframework.messaging.MessageHeaders#CONTENT_TYPE}.
 */
public final class ServiceBusHeaders {

	/** The prefix of all headers of this class. */
	public static final String PREFIX = "servicebus_";

	/** The message id, a {@code String}. */
	public static final String MESSAGE_ID = PREFIX + "messageId";

	/** The session to which the message belongs, a {@code String}. */
	public static final String SESSION_ID = PREFIX + "sessionId";

	/** The partition key, a {@code String}. */
	public static final String PARTITION_KEY = PREFIX + "partitionKey";

	/** What the message answers or belongs to, a {@code String}. */
	public static final String CORRELATION_ID = PREFIX + "correlationId";

	/** What the message is about, a {@code String}. */
	public static final String SUBJECT = PREFIX + "subject";

	/** The address that the message is meant for, a {@code String}. */
	public static final String TO = PREFIX + "to";

	/** The entity to which answers should be sent, a {@code String}. */
	public static final String REPLY_TO = PREFIX + "replyTo";

	/** The session in which answers should be sent, a {@code String}. */
	public static final String REPLY_TO_SESSION_ID = PREFIX + "replyToSessionId";

	/** How long the message lives, a {@code Duration}. */
	public static final String TIME_TO_LIVE = PREFIX + "timeToLive";

	/** When the message is to be enqueued, an {@code OffsetDateTime}. */
	public static final String SCHEDULED_ENQUEUE_TIME = PREFIX + "scheduledEnqueueTime";

	/** How often the message was delivered before, a {@code Long}; received only. */
	public static final String DELIVERY_COUNT = PREFIX + "deliveryCount";

	/** The number of the message in its entity, a {@code Long}; received only. */
	public static final String SEQUENCE_NUMBER = PREFIX + "sequenceNumber";

	/** When the broker took the message, an {@code OffsetDateTime}; received only. */
	public static final String ENQUEUED_TIME = PREFIX + "enqueuedTime";

	/** When the message expires, an {@code OffsetDateTime}; received only. */
	public static final String EXPIRES_AT = PREFIX + "expiresAt";

	/** Identifies the lock of the message, a {@code UUID}; received only. */
	public static final String LOCK_TOKEN = PREFIX + "lockToken";

	/**
	 * Until when the message was locked when it was received, an {@code OffsetDateTime};
	 * received only.
	 */
	public static final String LOCKED_UNTIL = PREFIX + "lockedUntil";

	/** Why the message was dead-lettered, a {@code String}; received only. */
	public static final String DEAD_LETTER_REASON = PREFIX + "deadLetterReason";

	/** More about why it was dead-lettered, a {@code String}; received only. */
	public static final String DEAD_LETTER_ERROR_DESCRIPTION = PREFIX + "deadLetterErrorDescription";

	/** Where it was dead-lettered, a {@code String}; received only. */
	public static final String DEAD_LETTER_SOURCE = PREFIX + "deadLetterSource";

	/**
	 * What the listener that received the message says about itself
	 * ({@code @ServiceBusListener(info)}), a {@code String}; received only.
	 */
	public static final String LISTENER_INFO = PREFIX + "listenerInfo";

	private ServiceBusHeaders() {
	}

}
