package dev.servicebus.emulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import dev.servicebus.emulator.amqp.message.WireMessage;
import dev.servicebus.emulator.delivery.DeadLetterReason;
import dev.servicebus.emulator.store.MessageSnapshot;
import dev.servicebus.emulator.store.MessageState;
import dev.servicebus.emulator.store.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A message as it stood in the emulator at one moment. Immutable, provided that nobody
 * changes the body.
 *
 * @param messageId the id that its sender gave it, usually a string
 * @param sessionId the session it belongs to
 * @param subject what it is about
 * @param contentType the MIME type of the body
 * @param body the bytes of the body, none if it is of another kind
 * @param applicationProperties the sender's properties with later changes
 * @param sequenceNumber the number under which the queue keeps it
 * @param enqueuedSequenceNumber the number it had in the topic or queue that it was sent
 * to, 0 if that is this queue
 * @param state where it stands
 * @param deliveryCount how many deliveries have failed
 * @param enqueuedTime when the queue took it
 * @param expiresAt when it expires, {@code null} if never
 * @param lockedUntil when its lock ends, {@code null} if it is not locked
 * @param deadLetterSource the path of the entity that dead-lettered it before it was
 * forwarded, {@code null} if none did
 */
public record StoredMessage(@Nullable Object messageId, @Nullable String sessionId, @Nullable String subject,
		@Nullable String contentType, byte[] body, Map<String, @Nullable Object> applicationProperties,
		long sequenceNumber, long enqueuedSequenceNumber, MessageState state, int deliveryCount, Instant enqueuedTime,
		@Nullable Instant expiresAt, @Nullable Instant lockedUntil, @Nullable String deadLetterSource) {

	static StoredMessage of(MessageSnapshot snapshot) {
		WireMessage message = (WireMessage) snapshot.content();
		Origin origin = snapshot.origin();
		return new StoredMessage(message.messageId(), message.sessionId(), message.subject(), message.contentType(),
				message.data(), snapshot.applicationProperties(), snapshot.sequenceNumber(),
				(origin != null) ? origin.sequenceNumber() : 0, snapshot.state(), snapshot.deliveryCount(),
				snapshot.enqueuedTime(), snapshot.expiresAt(), snapshot.lockedUntil(),
				(origin != null) ? origin.deadLetterSource() : null);
	}

	/**
	 * The body as UTF-8 text.
	 */
	public String bodyAsString() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/**
	 * Returns whether somebody has locked the message.
	 */
	public boolean isLocked() {
		return this.lockedUntil != null;
	}

	/**
	 * Why the message was dead-lettered, {@code null} if nobody said so.
	 */
	public @Nullable String deadLetterReason() {
		return text(DeadLetterReason.REASON_PROPERTY);
	}

	/**
	 * Details of why the message was dead-lettered, {@code null} if there are none.
	 */
	public @Nullable String deadLetterErrorDescription() {
		return text(DeadLetterReason.DESCRIPTION_PROPERTY);
	}

	private @Nullable String text(String property) {
		Object value = this.applicationProperties.get(property);
		return (value != null) ? value.toString() : null;
	}

}
