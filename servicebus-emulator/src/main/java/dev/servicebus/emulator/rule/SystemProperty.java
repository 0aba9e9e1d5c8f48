package dev.servicebus.emulator.rule;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The properties of a message that expressions write as {@code sys.name}.
 */
public enum SystemProperty {

	MESSAGE_ID("MessageId", Type.STRING, Access.SETTABLE),

	CORRELATION_ID("CorrelationId", Type.STRING, Access.SETTABLE),

	CONTENT_TYPE("ContentType", Type.STRING, Access.SETTABLE),

	/** What AMQP and the clients call the subject. */
	LABEL("Label", Type.STRING, Access.SETTABLE),

	SESSION_ID("SessionId", Type.STRING, Access.SETTABLE),

	REPLY_TO("ReplyTo", Type.STRING, Access.SETTABLE),

	REPLY_TO_SESSION_ID("ReplyToSessionId", Type.STRING, Access.SETTABLE),

	TO("To", Type.STRING, Access.SETTABLE),

	PARTITION_KEY("PartitionKey", Type.STRING, Access.SETTABLE),

	VIA_PARTITION_KEY("ViaPartitionKey", Type.STRING, Access.SETTABLE),

	TIME_TO_LIVE("TimeToLive", Type.DURATION, Access.SETTABLE),

	SCHEDULED_ENQUEUE_TIME_UTC("ScheduledEnqueueTimeUtc", Type.INSTANT, Access.SETTABLE),

	ENQUEUED_TIME_UTC("EnqueuedTimeUtc", Type.INSTANT, Access.READ_ONLY),

	EXPIRES_AT_UTC("ExpiresAtUtc", Type.INSTANT, Access.READ_ONLY),

	LOCKED_UNTIL_UTC("LockedUntilUtc", Type.INSTANT, Access.READ_ONLY),

	SEQUENCE_NUMBER("SequenceNumber", Type.INTEGER, Access.READ_ONLY),

	ENQUEUED_SEQUENCE_NUMBER("EnqueuedSequenceNumber", Type.INTEGER, Access.READ_ONLY),

	DELIVERY_COUNT("DeliveryCount", Type.INTEGER, Access.READ_ONLY),

	SIZE("Size", Type.INTEGER, Access.READ_ONLY),

	STATE("State", Type.INTEGER, Access.READ_ONLY),

	FORCE_PERSISTENCE("ForcePersistence", Type.BOOLEAN, Access.READ_ONLY),

	DEAD_LETTER_SOURCE("DeadLetterSource", Type.STRING, Access.READ_ONLY);

	private static final Map<String, SystemProperty> BY_NAME = Stream.of(values())
		.collect(Collectors.toUnmodifiableMap((property) -> key(property.text), (property) -> property));

	private static final String SUBJECT = key("Subject");

	private final String text;

	private final Type type;

	private final Access access;

	SystemProperty(String text, Type type, Access access) {
		this.text = text;
		this.type = type;
		this.access = access;
	}

	/**
	 * Finds a property by its name. Case does not count, and {@code Subject} means
	 * {@link #LABEL}.
	 * @return {@code null} if there is none of that name
	 */
	public static @Nullable SystemProperty find(String name) {
		String key = key(name);
		return key.equals(SUBJECT) ? LABEL : BY_NAME.get(key);
	}

	/**
	 * The name without {@code sys.}, for example {@code CorrelationId}.
	 */
	public String text() {
		return this.text;
	}

	public Type type() {
		return this.type;
	}

	/**
	 * Returns whether actions may set the property: those may be that senders set.
	 */
	public boolean isSettable() {
		return this.access == Access.SETTABLE;
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	/**
	 * What the value of a property is in Java.
	 */
	public enum Type {

		/** A String. */
		STRING,

		/** A Long. */
		INTEGER,

		/** A Boolean. */
		BOOLEAN,

		/** A {@link java.time.Instant}. */
		INSTANT,

		/** A {@link java.time.Duration}. */
		DURATION

	}

	private enum Access {

		SETTABLE, READ_ONLY

	}

}
