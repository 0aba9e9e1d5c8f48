package dev.servicebus.listener.container;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.FailureProperties;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Copies of messages that are to be handled again later.
 */
final class RetryCopy {

	/** A header cannot tell more. */
	private static final Duration LONGEST_IN_HEADER = Duration.ofMillis(0xFFFF_FFFFL);

	private RetryCopy() {
	}

	/**
	 * Returns whether a message would still live at a time.
	 */
	static boolean outlives(ServiceBusReceivedMessage message, Instant time) {
		Instant end = end(message);
		return end == null || end.isAfter(time);
	}

	/**
	 * Copies a message for its next attempt.
	 * @param delivery the message, which has been handled at least once
	 * @param source where it was received from
	 * @param due when the copy is to be enqueued
	 * @param distinction what no other copy of the same attempt has in its id
	 */
	static ServiceBusMessage of(Delivery delivery, String source, Instant due, String distinction) {
		ServiceBusReceivedMessage message = delivery.message();
		ServiceBusMessage.Builder copy = message.toMessage()
			.mutate()
			.messageId(id(message.messageId(), "-retry-" + delivery.attempt() + "-" + distinction))
			.scheduledEnqueueTime(due.atOffset(ZoneOffset.UTC))
			.applicationProperty(FailureProperties.RETRY_ATTEMPTS, delivery.attempt());
		Instant end = end(message);
		if (end != null) {
			copy.timeToLive(Duration.between(due, end));
		}
		if (!message.applicationProperties().containsKey(FailureProperties.RETRY_SOURCE)) {
			origin(message, source).forEach(copy::applicationProperty);
		}
		return copy.build();
	}

	/**
	 * Derived, so that duplicate detection takes the copy for another message.
	 */
	private static String id(@Nullable String original, String suffix) {
		String beginning = (original != null) ? original : "";
		int room = ServiceBusMessage.MAX_ID_LENGTH - suffix.length();
		return ((beginning.length() > room) ? beginning.substring(0, room) : beginning) + suffix;
	}

	/**
	 * When the message expires. What it says itself is older than the moment at which a
	 * scheduled message begins to live.
	 */
	private static @Nullable Instant end(ServiceBusReceivedMessage message) {
		OffsetDateTime enqueued = message.enqueuedTime();
		Duration timeToLive = message.timeToLive();
		if (enqueued != null && timeToLive != null && timeToLive.compareTo(LONGEST_IN_HEADER) < 0) {
			return enqueued.plus(timeToLive).toInstant();
		}
		OffsetDateTime stated = message.expiresAt();
		return (stated != null) ? stated.toInstant() : null;
	}

	private static Map<String, Object> origin(ServiceBusReceivedMessage message, String source) {
		Map<String, Object> origin = new LinkedHashMap<>();
		origin.put(FailureProperties.RETRY_SOURCE, source);
		origin.put(FailureProperties.RETRY_SEQUENCE_NUMBER, message.sequenceNumber());
		String id = message.messageId();
		if (id != null) {
			origin.put(FailureProperties.RETRY_MESSAGE_ID, id);
		}
		OffsetDateTime enqueued = message.enqueuedTime();
		if (enqueued != null) {
			origin.put(FailureProperties.RETRY_ENQUEUED_TIME, enqueued.toInstant());
		}
		return origin;
	}

}
