package dev.servicebus.converter;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Which header is which property of a message, and which of the others are passed on.
 * Thread-safe.
 */
final class StandardHeaderMapper implements HeaderMapper {

	/** Spring's own, which mean nothing to anybody else, and what is set otherwise. */
	private static final Set<String> NOT_SENT = Set.of(MessageHeaders.ID, MessageHeaders.TIMESTAMP,
			MessageHeaders.REPLY_CHANNEL, MessageHeaders.ERROR_CHANNEL, AzureHeaderNames.DELAY);

	private static final Map<String, BiConsumer<ServiceBusMessage.Builder, @Nullable Object>> SETTERS = Map.ofEntries(
			Map.entry(MessageHeaders.CONTENT_TYPE, (message, value) -> message.contentType(HeaderValues.text(value))),
			Map.entry(ServiceBusHeaders.MESSAGE_ID, (message, value) -> message.messageId(HeaderValues.text(value))),
			Map.entry(ServiceBusHeaders.SESSION_ID, (message, value) -> message.sessionId(HeaderValues.text(value))),
			Map.entry(ServiceBusHeaders.PARTITION_KEY,
					(message, value) -> message.partitionKey(HeaderValues.text(value))),
			Map.entry(ServiceBusHeaders.CORRELATION_ID,
					(message, value) -> message.correlationId(HeaderValues.text(value))),
			Map.entry(ServiceBusHeaders.SUBJECT, (message, value) -> message.subject(HeaderValues.text(value))),
			Map.entry(ServiceBusHeaders.TO, (message, value) -> message.to(HeaderValues.text(value))),
			Map.entry(ServiceBusHeaders.REPLY_TO, (message, value) -> message.replyTo(HeaderValues.text(value))),
			Map.entry(ServiceBusHeaders.REPLY_TO_SESSION_ID,
					(message, value) -> message.replyToSessionId(HeaderValues.text(value))),
			Map.entry(ServiceBusHeaders.TIME_TO_LIVE,
					(message, value) -> message.timeToLive(HeaderValues.duration(value))),
			Map.entry(ServiceBusHeaders.SCHEDULED_ENQUEUE_TIME,
					(message, value) -> message.scheduledEnqueueTime(HeaderValues.time(value))));

	private final HeaderPatterns sent;

	private final HeaderPatterns received;

	private final InstantSource clock;

	/**
	 * Makes a mapper.
	 * @param sent which headers become application properties
	 * @param received which application properties become headers
	 * @param clock tells when a delay begins
	 */
	StandardHeaderMapper(HeaderPatterns sent, HeaderPatterns received, InstantSource clock) {
		this.sent = Objects.requireNonNull(sent, "sent");
		this.received = Objects.requireNonNull(received, "received");
		this.clock = Objects.requireNonNull(clock, "clock");
	}

	@Override
	public void toMessage(Map<String, ? extends @Nullable Object> headers, ServiceBusMessage.Builder message) {
		// First, so that a time that is said wins over a delay.
		Object delay = headers.get(AzureHeaderNames.DELAY);
		if (delay != null) {
			set(message, AzureHeaderNames.DELAY, delay, this::delay);
		}
		headers.forEach((name, value) -> set(message, name, value));
	}

	/**
	 * Sets the property that a header stands for. Headers that only a broker sets are
	 * ignored, so that a received message can be sent on; all that are not known become
	 * application properties.
	 */
	private void set(ServiceBusMessage.Builder message, String name, @Nullable Object value) {
		String translated = AzureHeaderNames.translate(name);
		BiConsumer<ServiceBusMessage.Builder, @Nullable Object> setter = SETTERS
			.get((translated != null) ? translated : name);
		if (setter != null) {
			set(message, name, value, setter);
		}
		else if (!NOT_SENT.contains(name) && !name.startsWith(ServiceBusHeaders.PREFIX) && this.sent.matches(name)) {
			message.applicationProperty(name, value);
		}
	}

	private static void set(ServiceBusMessage.Builder message, String name, @Nullable Object value,
			BiConsumer<ServiceBusMessage.Builder, @Nullable Object> setter) {
		try {
			setter.accept(message, value);
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException("header '" + name + "': " + ex.getMessage(), ex);
		}
	}

	private void delay(ServiceBusMessage.Builder message, @Nullable Object value) {
		Duration delay = HeaderValues.duration(value);
		if (delay != null && !delay.isNegative() && !delay.isZero()) {
			message.scheduledEnqueueTime(this.clock.instant().plus(delay).atOffset(ZoneOffset.UTC));
		}
	}

	/**
	 * Collects the headers of a received message. Properties of the broker win over
	 * properties of the application that bear their names.
	 */
	@Override
	public Map<String, Object> toHeaders(ServiceBusReceivedMessage message) {
		Map<String, Object> headers = new LinkedHashMap<>();
		message.applicationProperties().forEach((name, value) -> {
			if (this.received.matches(name) || name.equals(MessageTypes.PROPERTY)) {
				put(headers, name, value);
			}
		});
		headers.remove(MessageHeaders.ID);
		headers.remove(MessageHeaders.TIMESTAMP);
		put(headers, MessageHeaders.CONTENT_TYPE, message.contentType());
		put(headers, ServiceBusHeaders.MESSAGE_ID, message.messageId());
		put(headers, ServiceBusHeaders.SESSION_ID, message.sessionId());
		put(headers, ServiceBusHeaders.PARTITION_KEY, message.partitionKey());
		put(headers, ServiceBusHeaders.CORRELATION_ID, message.correlationId());
		put(headers, ServiceBusHeaders.SUBJECT, message.subject());
		put(headers, ServiceBusHeaders.TO, message.to());
		put(headers, ServiceBusHeaders.REPLY_TO, message.replyTo());
		put(headers, ServiceBusHeaders.REPLY_TO_SESSION_ID, message.replyToSessionId());
		put(headers, ServiceBusHeaders.TIME_TO_LIVE, message.timeToLive());
		put(headers, ServiceBusHeaders.SCHEDULED_ENQUEUE_TIME, message.scheduledEnqueueTime());
		put(headers, ServiceBusHeaders.DELIVERY_COUNT, message.deliveryCount());
		put(headers, ServiceBusHeaders.SEQUENCE_NUMBER, message.sequenceNumber());
		put(headers, ServiceBusHeaders.ENQUEUED_TIME, message.enqueuedTime());
		put(headers, ServiceBusHeaders.EXPIRES_AT, message.expiresAt());
		put(headers, ServiceBusHeaders.LOCK_TOKEN, message.lockToken());
		put(headers, ServiceBusHeaders.LOCKED_UNTIL, message.lockedUntil());
		put(headers, ServiceBusHeaders.DEAD_LETTER_REASON, message.deadLetterReason());
		put(headers, ServiceBusHeaders.DEAD_LETTER_ERROR_DESCRIPTION, message.deadLetterErrorDescription());
		put(headers, ServiceBusHeaders.DEAD_LETTER_SOURCE, message.deadLetterSource());
		return headers;
	}

	private static void put(Map<String, Object> headers, String name, @Nullable Object value) {
		if (value != null) {
			headers.put(name, value);
		}
	}

}
