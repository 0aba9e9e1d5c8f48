package dev.servicebus.message;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a broker has written on a message. What is missing, or has a type that it
 * should not have, counts as absent.
 */
final class BrokerFields {

	private BrokerFields() {
	}

	static long number(EncodedMessage message, Symbol annotation) {
		return (message.messageAnnotation(annotation) instanceof Number number) ? number.longValue() : 0;
	}

	static @Nullable String text(EncodedMessage message, Symbol annotation) {
		return (message.messageAnnotation(annotation) instanceof String text) ? text : null;
	}

	static @Nullable OffsetDateTime time(EncodedMessage message, Symbol annotation) {
		return (message.messageAnnotation(annotation) instanceof Instant instant) ? utc(instant) : null;
	}

	static @Nullable String property(EncodedMessage message, String name) {
		return (message.applicationProperties().get(name) instanceof String text) ? text : null;
	}

	static MessageState state(EncodedMessage message) {
		return switch ((int) number(message, MessageAnnotation.STATE)) {
			case 1 -> MessageState.DEFERRED;
			case 2 -> MessageState.SCHEDULED;
			default -> MessageState.ACTIVE;
		};
	}

	/**
	 * Like {@link Instant#atOffset}, which makes new zone rules for every call.
	 */
	static OffsetDateTime utc(Instant instant) {
		return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC)
			.atOffset(ZoneOffset.UTC);
	}

}
