package dev.servicebus.message;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message to be sent. Immutable, so that it can be sent more than once and from any
 * thread; {@link #mutate()} makes a changed copy.
 */
public final class ServiceBusMessage {

	/** The longest message id, session id, reply-to session id and partition key. */
	public static final int MAX_ID_LENGTH = 128;

	private final byte[] body;

	private final Map<String, @Nullable Object> applicationProperties;

	private final @Nullable String messageId;

	private final @Nullable String sessionId;

	private final @Nullable String partitionKey;

	private final @Nullable String contentType;

	private final @Nullable String correlationId;

	private final @Nullable String subject;

	private final @Nullable String to;

	private final @Nullable String replyTo;

	private final @Nullable String replyToSessionId;

	private final @Nullable Duration timeToLive;

	private final @Nullable OffsetDateTime scheduledEnqueueTime;

	private ServiceBusMessage(Builder builder) {
		this.body = builder.body;
		this.applicationProperties = Collections.unmodifiableMap(new LinkedHashMap<>(builder.applicationProperties));
		this.messageId = builder.messageId;
		this.sessionId = builder.sessionId;
		this.partitionKey = builder.partitionKey;
		this.contentType = builder.contentType;
		this.correlationId = builder.correlationId;
		this.subject = builder.subject;
		this.to = builder.to;
		this.replyTo = builder.replyTo;
		this.replyToSessionId = builder.replyToSessionId;
		this.timeToLive = builder.timeToLive;
		this.scheduledEnqueueTime = builder.scheduledEnqueueTime;
	}

	/**
	 * A message with text, as UTF-8.
	 */
	public static ServiceBusMessage of(String body) {
		return builder().body(body).build();
	}

	/**
	 * A message with bytes. They are copied.
	 */
	public static ServiceBusMessage of(byte[] body) {
		return builder().body(body).build();
	}

	/**
	 * Begins a message with an empty body.
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Begins a message that is like this one.
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	/**
	 * The bytes of the body, as a copy.
	 */
	public byte[] bodyAsBytes() {
		return this.body.clone();
	}

	/**
	 * The body as text, read as UTF-8.
	 */
	public String bodyAsString() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/**
	 * The properties that the application defines; unmodifiable.
	 */
	public Map<String, @Nullable Object> applicationProperties() {
		return this.applicationProperties;
	}

	/**
	 * Identifies the message, for the application and for duplicate detection.
	 */
	public @Nullable String messageId() {
		return this.messageId;
	}

	/**
	 * The session to which the message belongs.
	 */
	public @Nullable String sessionId() {
		return this.sessionId;
	}

	/**
	 * Messages with the same key go to the same partition. Equal to the session id where
	 * both are given.
	 */
	public @Nullable String partitionKey() {
		return this.partitionKey;
	}

	/**
	 * The media type of the body.
	 */
	public @Nullable String contentType() {
		return this.contentType;
	}

	/**
	 * What the message answers or belongs to.
	 */
	public @Nullable String correlationId() {
		return this.correlationId;
	}

	/**
	 * What the message is about; the service also calls it the label.
	 */
	public @Nullable String subject() {
		return this.subject;
	}

	/**
	 * The address that the message is meant for. The broker only passes it on.
	 */
	public @Nullable String to() {
		return this.to;
	}

	/**
	 * The entity to which answers should be sent.
	 */
	public @Nullable String replyTo() {
		return this.replyTo;
	}

	/**
	 * The session in which answers should be sent.
	 */
	public @Nullable String replyToSessionId() {
		return this.replyToSessionId;
	}

	/**
	 * How long the message lives once it is enqueued, {@code null} for as long as the
	 * entity says.
	 */
	public @Nullable Duration timeToLive() {
		return this.timeToLive;
	}

	/**
	 * When the message is to be enqueued, {@code null} for at once.
	 */
	public @Nullable OffsetDateTime scheduledEnqueueTime() {
		return this.scheduledEnqueueTime;
	}

	/**
	 * Builds messages. Not thread-safe.
	 */
	public static final class Builder {

		private static final byte[] EMPTY = {};

		private byte[] body = EMPTY;

		private final Map<String, @Nullable Object> applicationProperties = new LinkedHashMap<>();

		private @Nullable String messageId;

		private @Nullable String sessionId;

		private @Nullable String partitionKey;

		private @Nullable String contentType;

		private @Nullable String correlationId;

		private @Nullable String subject;

		private @Nullable String to;

		private @Nullable String replyTo;

		private @Nullable String replyToSessionId;

		private @Nullable Duration timeToLive;

		private @Nullable OffsetDateTime scheduledEnqueueTime;

		private Builder() {
		}

		private Builder(ServiceBusMessage message) {
			this.body = message.body;
			this.applicationProperties.putAll(message.applicationProperties);
			this.messageId = message.messageId;
			this.sessionId = message.sessionId;
			this.partitionKey = message.partitionKey;
			this.contentType = message.contentType;
			this.correlationId = message.correlationId;
			this.subject = message.subject;
			this.to = message.to;
			this.replyTo = message.replyTo;
			this.replyToSessionId = message.replyToSessionId;
			this.timeToLive = message.timeToLive;
			this.scheduledEnqueueTime = message.scheduledEnqueueTime;
		}

		/** Sets a body of text, as UTF-8. */
		public Builder body(String body) {
			this.body = body.getBytes(StandardCharsets.UTF_8);
			return this;
		}

		/** Sets a body of bytes. They are copied. */
		public Builder body(byte[] body) {
			this.body = body.clone();
			return this;
		}

		/** Adds or replaces a property of the application. */
		public Builder applicationProperty(String name, @Nullable Object value) {
			this.applicationProperties.put(name, value);
			return this;
		}

		/** Replaces all properties of the application. */
		public Builder applicationProperties(Map<String, ? extends @Nullable Object> properties) {
			this.applicationProperties.clear();
			this.applicationProperties.putAll(properties);
			return this;
		}

		/** Sets the message id, at most 128 characters. */
		public Builder messageId(@Nullable String messageId) {
			this.messageId = messageId;
			return this;
		}

		/** Sets the session id, at most 128 characters. */
		public Builder sessionId(@Nullable String sessionId) {
			this.sessionId = sessionId;
			return this;
		}

		/** Sets the partition key, at most 128 characters. */
		public Builder partitionKey(@Nullable String partitionKey) {
			this.partitionKey = partitionKey;
			return this;
		}

		/** Sets the media type of the body. */
		public Builder contentType(@Nullable String contentType) {
			this.contentType = contentType;
			return this;
		}

		/** Sets what the message answers or belongs to. */
		public Builder correlationId(@Nullable String correlationId) {
			this.correlationId = correlationId;
			return this;
		}

		/** Sets what the message is about. */
		public Builder subject(@Nullable String subject) {
			this.subject = subject;
			return this;
		}

		/** Sets the address that the message is meant for. */
		public Builder to(@Nullable String to) {
			this.to = to;
			return this;
		}

		/** Sets the entity to which answers should be sent. */
		public Builder replyTo(@Nullable String replyTo) {
			this.replyTo = replyTo;
			return this;
		}

		/**
		 * Sets the session in which answers should be sent, at most 128 characters.
		 */
		public Builder replyToSessionId(@Nullable String replyToSessionId) {
			this.replyToSessionId = replyToSessionId;
			return this;
		}

		/** Sets how long the message lives; positive. */
		public Builder timeToLive(@Nullable Duration timeToLive) {
			this.timeToLive = timeToLive;
			return this;
		}

		/** Sets when the message is to be enqueued. */
		public Builder scheduledEnqueueTime(@Nullable OffsetDateTime scheduledEnqueueTime) {
			this.scheduledEnqueueTime = scheduledEnqueueTime;
			return this;
		}

		/**
		 * Builds the message.
		 * @throws IllegalArgumentException if an id or key is too long, the time to live
		 * is not positive, or partition key and session id differ
		 */
		public ServiceBusMessage build() {
			limit("messageId", this.messageId);
			limit("sessionId", this.sessionId);
			limit("partitionKey", this.partitionKey);
			limit("replyToSessionId", this.replyToSessionId);
			if (this.sessionId != null && this.partitionKey != null && !this.sessionId.equals(this.partitionKey)) {
				throw new IllegalArgumentException("partitionKey must equal sessionId when both are set");
			}
			if (this.timeToLive != null && (this.timeToLive.isNegative() || this.timeToLive.isZero())) {
				throw new IllegalArgumentException("timeToLive must be positive but is " + this.timeToLive);
			}
			return new ServiceBusMessage(this);
		}

		private static void limit(String name, @Nullable String value) {
			if (value != null && value.length() > MAX_ID_LENGTH) {
				throw new IllegalArgumentException(
						name + " must have at most " + MAX_ID_LENGTH + " characters but has " + value.length());
			}
		}

	}

}
