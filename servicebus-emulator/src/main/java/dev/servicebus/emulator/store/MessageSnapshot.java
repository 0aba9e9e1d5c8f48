package dev.servicebus.emulator.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message as it stood at one moment. Immutable, so it may leave the broker's loop.
 *
 * @param content the message as it was sent
 * @param sequenceNumber its number in its entity
 * @param state where it stands
 * @param deliveryCount how many deliveries have failed
 * @param enqueuedTime when the entity took it
 * @param expiresAt when it expires, {@code null} if never
 * @param lockedUntil when its lock ends, {@code null} if it is not locked
 * @param applicationProperties the sender's properties with the later changes
 * @param origin where it was before it was copied or forwarded, {@code null} if neither
 */
public record MessageSnapshot(MessageContent content, long sequenceNumber, MessageState state, int deliveryCount,
		Instant enqueuedTime, @Nullable Instant expiresAt, @Nullable Instant lockedUntil,
		Map<String, @Nullable Object> applicationProperties, @Nullable Origin origin) {

	/**
	 * Takes a snapshot of {@code message}, on the broker's loop.
	 */
	public static MessageSnapshot of(BrokerMessage message) {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>(message.content().applicationProperties());
		properties.putAll(message.modifiedProperties());
		return new MessageSnapshot(message.content(), message.sequenceNumber(), message.state(),
				message.deliveryCount(), Instant.ofEpochMilli(message.enqueuedTime()),
				(message.expiresAt() != BrokerMessage.NEVER) ? Instant.ofEpochMilli(message.expiresAt()) : null,
				message.isLocked() ? Instant.ofEpochMilli(message.lockedUntil()) : null, properties, message.origin());
	}

}
