package dev.servicebus.emulator.amqp.message;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.message.ByteSlice;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.message.SectionCode;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.store.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * A message as a client has sent it. Immutable.
 */
public final class WireMessage implements MessageContent {

	private static final byte[] NO_BYTES = {};

	private final EncodedMessage encoded;

	private final Object messageId;

	private final @Nullable Instant scheduledEnqueueTime;

	private final @Nullable Duration timeToLive;

	private WireMessage(EncodedMessage encoded, Object messageId, @Nullable Instant scheduledEnqueueTime,
			@Nullable Duration timeToLive) {
		this.encoded = encoded;
		this.messageId = messageId;
		this.scheduledEnqueueTime = scheduledEnqueueTime;
		this.timeToLive = timeToLive;
	}

	/**
	 * Reads a message. Everything but the body is decoded once, so that what is stored
	 * can also be delivered.
	 * @param encoded the message
	 * @param now the present of the broker
	 * @throws AmqpDecodeException if a section is malformed
	 */
	public static WireMessage read(EncodedMessage encoded, Instant now) {
		encoded.deliveryAnnotations();
		encoded.applicationProperties();
		encoded.footer();
		Object scheduled = encoded.messageAnnotations().get(MessageAnnotations.SCHEDULED_ENQUEUE_TIME);
		Instant enqueueTime = (scheduled instanceof Instant instant) ? instant : null;
		Instant begin = (enqueueTime != null && enqueueTime.isAfter(now)) ? enqueueTime : now;
		Object id = encoded.properties().messageId();
		return new WireMessage(encoded, (id != null) ? id : newMessageId(), enqueueTime, timeToLive(encoded, begin));
	}

	/**
	 * Every message in Service Bus has an id. Those who did not choose one get a GUID
	 * without hyphens.
	 */
	private static String newMessageId() {
		return UUID.randomUUID().toString().replace("-", "");
	}

	/**
	 * A time to live wins over an absolute expiry time, as in Service Bus.
	 */
	private static @Nullable Duration timeToLive(EncodedMessage encoded, Instant begin) {
		Long ttl = encoded.header().ttl();
		if (ttl != null) {
			return Duration.ofMillis(ttl);
		}
		Instant expiry = encoded.properties().absoluteExpiryTime();
		if (expiry == null) {
			return null;
		}
		return expiry.isAfter(begin) ? Duration.between(begin, expiry) : Duration.ZERO;
	}

	EncodedMessage encoded() {
		return this.encoded;
	}

	@Override
	public Object messageId() {
		return this.messageId;
	}

	/**
	 * Whether the id is not among the sender's bytes.
	 */
	boolean isMessageIdAssigned() {
		return this.encoded.properties().messageId() == null;
	}

	@Override
	public @Nullable String sessionId() {
		return this.encoded.properties().groupId();
	}

	@Override
	public @Nullable String partitionKey() {
		return text(this.encoded.messageAnnotations().get(MessageAnnotations.PARTITION_KEY));
	}

	@Override
	public @Nullable Duration timeToLive() {
		return this.timeToLive;
	}

	@Override
	public @Nullable Instant scheduledEnqueueTime() {
		return this.scheduledEnqueueTime;
	}

	@Override
	public long size() {
		return this.encoded.size();
	}

	@Override
	public long propertiesSize() {
		SectionCode body = this.encoded.bodyCode();
		ByteSlice sections = (body != null) ? this.encoded.section(body) : null;
		return this.encoded.size() - ((sections != null) ? sections.length() : 0);
	}

	@Override
	public Map<String, @Nullable Object> applicationProperties() {
		return this.encoded.applicationProperties();
	}

	@Override
	public @Nullable Object property(String name) {
		return WireProperties.get(this.encoded, name);
	}

	@Override
	public MessageContent withProperties(Map<String, @Nullable Object> changes,
			Map<String, @Nullable Object> newApplicationProperties) {
		EncodedMessage changed = WireProperties.change(this.encoded, changes, newApplicationProperties);
		Duration ttl = changes.containsKey("TimeToLive") ? (Duration) changes.get("TimeToLive") : this.timeToLive;
		Instant time = changes.containsKey("ScheduledEnqueueTimeUtc") ? (Instant) changes.get("ScheduledEnqueueTimeUtc")
				: this.scheduledEnqueueTime;
		Object id = changed.properties().messageId();
		return new WireMessage(changed, (id != null) ? id : this.messageId, time, ttl);
	}

	/**
	 * What the message is about; Service Bus calls it label, too.
	 */
	public @Nullable String subject() {
		return this.encoded.properties().subject();
	}

	/**
	 * What the message belongs to, of whatever type AMQP allows.
	 */
	public @Nullable Object correlationId() {
		return this.encoded.properties().correlationId();
	}

	/**
	 * The MIME type of the body.
	 */
	public @Nullable String contentType() {
		return this.encoded.properties().contentType();
	}

	/**
	 * The bytes of the body; none if it does not consist of bytes.
	 */
	public byte[] data() {
		return (this.encoded.body() instanceof MessageBody.Data data) ? data.bytes() : NO_BYTES;
	}

	/**
	 * The value of a body that is one value.
	 */
	public @Nullable Object value() {
		return (this.encoded.body() instanceof MessageBody.Value value) ? value.value() : null;
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value instanceof String || value instanceof Symbol) ? value.toString() : null;
	}

}
