package dev.servicebus.emulator.amqp.message;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Where the properties that rules name are in an AMQP message.
 */
final class WireProperties {

	private static final Symbol VIA_PARTITION_KEY = Symbol.of("x-opt-via-partition-key");

	private final Properties.Builder properties;

	private final Map<Symbol, @Nullable Object> annotations;

	private Header header;

	private WireProperties(EncodedMessage message) {
		this.properties = message.properties().mutate();
		this.annotations = new LinkedHashMap<>(message.messageAnnotations());
		this.header = message.header();
	}

	static @Nullable Object get(EncodedMessage message, String name) {
		Properties properties = message.properties();
		return switch (name) {
			case "CorrelationId" -> properties.correlationId();
			case "ContentType" -> properties.contentType();
			case "Label" -> properties.subject();
			case "ReplyTo" -> properties.replyTo();
			case "ReplyToSessionId" -> properties.replyToGroupId();
			case "To" -> properties.to();
			case "ViaPartitionKey" -> message.messageAnnotation(VIA_PARTITION_KEY);
			default -> null;
		};
	}

	/**
	 * Writes a message anew with other properties; its body stays as it is.
	 */
	static EncodedMessage change(EncodedMessage message, Map<String, @Nullable Object> changes,
			Map<String, @Nullable Object> applicationProperties) {
		WireProperties changed = new WireProperties(message);
		changes.forEach(changed::set);
		return EncodedMessage.of(message.edit()
			.header(changed.header)
			.messageAnnotations(changed.annotations)
			.properties(changed.properties.build())
			.applicationProperties(applicationProperties)
			.encode());
	}

	private void set(String name, @Nullable Object value) {
		switch (name) {
			case "MessageId" -> this.properties.messageId(value);
			case "CorrelationId" -> this.properties.correlationId(value);
			case "ContentType" -> this.properties.contentType((String) value);
			case "Label" -> this.properties.subject((String) value);
			case "SessionId" -> this.properties.groupId((String) value);
			case "ReplyTo" -> this.properties.replyTo((String) value);
			case "ReplyToSessionId" -> this.properties.replyToGroupId((String) value);
			case "To" -> this.properties.to((String) value);
			case "PartitionKey" -> annotate(MessageAnnotations.PARTITION_KEY, value);
			case "ViaPartitionKey" -> annotate(VIA_PARTITION_KEY, value);
			case "ScheduledEnqueueTimeUtc" -> annotate(MessageAnnotations.SCHEDULED_ENQUEUE_TIME, value);
			case "TimeToLive" -> this.header = this.header.withTtl(millis((Duration) value));
			default -> throw new IllegalArgumentException("No rule can set the property " + name);
		}
	}

	private void annotate(Symbol key, @Nullable Object value) {
		if (value != null) {
			this.annotations.put(key, value);
		}
		else {
			this.annotations.remove(key);
		}
	}

	/**
	 * An AMQP message cannot say more than 32 bits of milliseconds.
	 */
	private static @Nullable Long millis(@Nullable Duration duration) {
		return (duration != null) ? Long.valueOf(Math.min(duration.toMillis(), 0xFFFF_FFFFL)) : null;
	}

}
