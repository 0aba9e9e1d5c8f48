package dev.servicebus.converter;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageHeaderAccessor;

/**
 * The headers of a message by their types; a listener method may take it. Not
 * thread-safe.
 */
public final class ServiceBusHeaderAccessor extends MessageHeaderAccessor {

	private ServiceBusHeaderAccessor(Message<?> message) {
		super(message);
	}

	/**
	 * Reads the headers of a message.
	 */
	public static ServiceBusHeaderAccessor wrap(Message<?> message) {
		return new ServiceBusHeaderAccessor(message);
	}

	/** See {@link ServiceBusHeaders#MESSAGE_ID}. */
	public @Nullable String messageId() {
		return header(ServiceBusHeaders.MESSAGE_ID, String.class);
	}

	/** See {@link ServiceBusHeaders#SESSION_ID}. */
	public @Nullable String sessionId() {
		return header(ServiceBusHeaders.SESSION_ID, String.class);
	}

	/** See {@link ServiceBusHeaders#PARTITION_KEY}. */
	public @Nullable String partitionKey() {
		return header(ServiceBusHeaders.PARTITION_KEY, String.class);
	}

	/** See {@link ServiceBusHeaders#CORRELATION_ID}. */
	public @Nullable String correlationId() {
		return header(ServiceBusHeaders.CORRELATION_ID, String.class);
	}

	/** See {@link ServiceBusHeaders#SUBJECT}. */
	public @Nullable String subject() {
		return header(ServiceBusHeaders.SUBJECT, String.class);
	}

	/** See {@link ServiceBusHeaders#TO}. */
	public @Nullable String to() {
		return header(ServiceBusHeaders.TO, String.class);
	}

	/** See {@link ServiceBusHeaders#REPLY_TO}. */
	public @Nullable String replyTo() {
		return header(ServiceBusHeaders.REPLY_TO, String.class);
	}

	/** See {@link ServiceBusHeaders#REPLY_TO_SESSION_ID}. */
	public @Nullable String replyToSessionId() {
		return header(ServiceBusHeaders.REPLY_TO_SESSION_ID, String.class);
	}

	/** See {@link ServiceBusHeaders#TIME_TO_LIVE}. */
	public @Nullable Duration timeToLive() {
		return header(ServiceBusHeaders.TIME_TO_LIVE, Duration.class);
	}

	/** See {@link ServiceBusHeaders#DELIVERY_COUNT}. */
	public long deliveryCount() {
		Long count = header(ServiceBusHeaders.DELIVERY_COUNT, Long.class);
		return (count != null) ? count : 0;
	}

	/** See {@link ServiceBusHeaders#SEQUENCE_NUMBER}. */
	public @Nullable Long sequenceNumber() {
		return header(ServiceBusHeaders.SEQUENCE_NUMBER, Long.class);
	}

	/** See {@link ServiceBusHeaders#ENQUEUED_TIME}. */
	public @Nullable OffsetDateTime enqueuedTime() {
		return header(ServiceBusHeaders.ENQUEUED_TIME, OffsetDateTime.class);
	}

	/** See {@link ServiceBusHeaders#EXPIRES_AT}. */
	public @Nullable OffsetDateTime expiresAt() {
		return header(ServiceBusHeaders.EXPIRES_AT, OffsetDateTime.class);
	}

	/** See {@link ServiceBusHeaders#LOCK_TOKEN}. */
	public @Nullable UUID lockToken() {
		return header(ServiceBusHeaders.LOCK_TOKEN, UUID.class);
	}

	/** See {@link ServiceBusHeaders#LOCKED_UNTIL}. */
	public @Nullable OffsetDateTime lockedUntil() {
		return header(ServiceBusHeaders.LOCKED_UNTIL, OffsetDateTime.class);
	}

	/** See {@link ServiceBusHeaders#DEAD_LETTER_REASON}. */
	public @Nullable String deadLetterReason() {
		return header(ServiceBusHeaders.DEAD_LETTER_REASON, String.class);
	}

	/** See {@link ServiceBusHeaders#DEAD_LETTER_ERROR_DESCRIPTION}. */
	public @Nullable String deadLetterErrorDescription() {
		return header(ServiceBusHeaders.DEAD_LETTER_ERROR_DESCRIPTION, String.class);
	}

	/** See {@link ServiceBusHeaders#DEAD_LETTER_SOURCE}. */
	public @Nullable String deadLetterSource() {
		return header(ServiceBusHeaders.DEAD_LETTER_SOURCE, String.class);
	}

	/** See {@link ServiceBusHeaders#LISTENER_INFO}. */
	public @Nullable String listenerInfo() {
		return header(ServiceBusHeaders.LISTENER_INFO, String.class);
	}

	private <T> @Nullable T header(String name, Class<T> type) {
		Object value = getHeader(name);
		return type.isInstance(value) ? type.cast(value) : null;
	}

}
