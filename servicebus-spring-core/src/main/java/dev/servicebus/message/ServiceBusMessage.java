package dev.servicebus.message;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.message.SectionMap;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent. Immutable, so that it can be sent more than once and from any
 * thread; {@link #mutate()} makes a changed copy.
 */
public final class ServiceBusMessage {

	/** The longest message id, session id, reply-to session id and partition key. */
	public static final int MAX_ID_LENGTH = 128;

	private final MessageBody body;

	private final Properties properties;

	private final Map<String, @Nullable Object> applicationProperties;

	private final MessageTerms terms;

	private ServiceBusMessage(Builder builder, Properties properties) {
		this.body = builder.body;
		this.properties = properties;
		this.applicationProperties = SectionMap.copyOf(builder.applicationProperties);
		this.terms = builder.terms;
	}

	private ServiceBusMessage(ServiceBusMessage other, Properties properties) {
		this.body = other.body;
		this.properties = properties;
		this.applicationProperties = other.applicationProperties;
		this.terms = other.terms;
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
	 * The same message under another id. Cheaper than {@link #mutate()}, because
	 * everything else is shared.
	 */
	ServiceBusMessage withMessageId(String messageId) {
		return new ServiceBusMessage(this,
				this.properties.mutate().messageId(MessageLimits.id("messageId", messageId)).build());
	}

	/**
	 * The body; what it holds must not be changed.
	 */
	public MessageBody body() {
		return this.body;
	}

	/**
	 * The bytes of the body, as a copy; of a value that is text, in UTF-8.
	 * @throws IllegalStateException if the body is neither bytes nor text
	 */
	public byte[] bodyAsBytes() {
		return BodyContent.bytes(this.body);
	}

	/**
	 * The body as text, its bytes read as UTF-8.
	 * @throws IllegalStateException if the body is neither bytes nor text
	 */
	public String bodyAsString() {
		return BodyContent.text(this.body);
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
		return BodyContent.id(this.properties.messageId());
	}

	/**
	 * The session to which the message belongs.
	 */
	public @Nullable String sessionId() {
		return this.properties.groupId();
	}

	/**
	 * Messages with the same key go to the same partition. Equal to the session id where
	 * both are given.
	 */
	public @Nullable String partitionKey() {
		return this.terms.partitionKey();
	}

	/**
	 * Decides about the partition of the entity through which a transaction sends the
	 * message to its own; the service also calls it the via partition key.
	 */
	public @Nullable String transactionPartitionKey() {
		return this.terms.transactionPartitionKey();
	}

	/**
	 * The media type of the body.
	 */
	public @Nullable String contentType() {
		return this.properties.contentType();
	}

	/**
	 * How the body is encoded beside its media type, for example {@code gzip}. Nobody
	 * encodes or decodes it here.
	 */
	public @Nullable String contentEncoding() {
		return this.properties.contentEncoding();
	}

	/**
	 * What the message answers or belongs to.
	 */
	public @Nullable String correlationId() {
		return BodyContent.id(this.properties.correlationId());
	}

	/**
	 * What the message is about; the service also calls it the label.
	 */
	public @Nullable String subject() {
		return this.properties.subject();
	}

	/**
	 * The address that the message is meant for. The broker only passes it on.
	 */
	public @Nullable String to() {
		return this.properties.to();
	}

	/**
	 * The entity to which answers should be sent.
	 */
	public @Nullable String replyTo() {
		return this.properties.replyTo();
	}

	/**
	 * The session in which answers should be sent.
	 */
	public @Nullable String replyToSessionId() {
		return this.properties.replyToGroupId();
	}

	/**
	 * How long the message lives once it is enqueued, {@code null} for as long as the
	 * entity says.
	 */
	public @Nullable Duration timeToLive() {
		return this.terms.timeToLive();
	}

	/**
	 * When the message is to be enqueued, {@code null} for at once.
	 */
	public @Nullable OffsetDateTime scheduledEnqueueTime() {
		return this.terms.scheduledEnqueueTime();
	}

	/**
	 * Header, annotations and footer of the AMQP message.
	 */
	public AmqpSections amqp() {
		return this.terms.amqp();
	}

	MessageTerms terms() {
		return this.terms;
	}

	/**
	 * The standard properties as they are sent.
	 */
	Properties properties() {
		return this.properties;
	}

	/**
	 * Builds messages. Not thread-safe.
	 */
	public static final class Builder {

		/** Immutable, and maybe shared, until a single property is added. */
		private Map<String, @Nullable Object> applicationProperties = Map.of();

		private final Properties.Builder properties;

		private MessageBody body = MessageBody.EMPTY;

		private MessageTerms terms = MessageTerms.NONE;

		private Builder() {
			this.properties = Properties.builder();
		}

		private Builder(ServiceBusMessage message) {
			this.applicationProperties = message.applicationProperties;
			this.properties = message.properties.mutate();
			this.body = message.body;
			this.terms = message.terms;
		}

		/** Sets a body of text, as UTF-8. */
		public Builder body(String text) {
			this.body = MessageBody.Data.of(text.getBytes(StandardCharsets.UTF_8));
			return this;
		}

		/** Sets a body of bytes. They are copied. */
		public Builder body(byte[] bytes) {
			this.body = MessageBody.Data.of(bytes.clone());
			return this;
		}

		/**
		 * Sets a body of several data sections, which stay apart. They are copied.
		 * @throws IllegalArgumentException if there are none
		 */
		public Builder data(List<byte[]> sections) {
			if (sections.isEmpty()) {
				throw new IllegalArgumentException("a body of data must have a section; it may be empty");
			}
			this.body = new MessageBody.Data(sections.stream().map(byte[]::clone).toList());
			return this;
		}

		/**
		 * Sets a body of one AMQP value.
		 * @param value has to be of a type that AMQP knows, see package
		 * {@code dev.servicebus.amqp.type}
		 */
		public Builder value(@Nullable Object value) {
			this.body = new MessageBody.Value(value);
			return this;
		}

		/** Sets a body of one AMQP sequence. The list is copied. */
		public Builder sequence(List<?> elements) {
			this.body = new MessageBody.Sequence(List.of(Collections.unmodifiableList(new ArrayList<>(elements))));
			return this;
		}

		/**
		 * Adds or replaces a property of the application.
		 * @throws IllegalArgumentException if the value is of a type that a property
		 * cannot have, see {@link ApplicationProperties}
		 */
		public Builder applicationProperty(String name, @Nullable Object value) {
			ApplicationProperties.toAmqp(name, value);
			if (!(this.applicationProperties instanceof LinkedHashMap)) {
				this.applicationProperties = new LinkedHashMap<>(this.applicationProperties);
			}
			this.applicationProperties.put(name, value);
			return this;
		}

		/**
		 * Replaces all properties of the application.
		 * @throws IllegalArgumentException if a value is of a type that a property cannot
		 * have, see {@link ApplicationProperties}
		 */
		public Builder applicationProperties(Map<String, ? extends @Nullable Object> properties) {
			properties.forEach(ApplicationProperties::toAmqp);
			this.applicationProperties = SectionMap.copyOf(properties);
			return this;
		}

		/** Sets the message id, at most 128 characters. */
		public Builder messageId(@Nullable String messageId) {
			this.properties.messageId(MessageLimits.id("messageId", messageId));
			return this;
		}

		/** Sets the session id, at most 128 characters. */
		public Builder sessionId(@Nullable String sessionId) {
			this.properties.groupId(MessageLimits.id("sessionId", sessionId));
			return this;
		}

		/** Sets the partition key, at most 128 characters. */
		public Builder partitionKey(@Nullable String partitionKey) {
			this.terms = this.terms.withPartitionKey(MessageLimits.id("partitionKey", partitionKey));
			return this;
		}

		/** Sets the partition key of a transfer, at most 128 characters. */
		public Builder transactionPartitionKey(@Nullable String key) {
			this.terms = this.terms.withTransactionPartitionKey(MessageLimits.id("transactionPartitionKey", key));
			return this;
		}

		/** Sets the media type of the body, which is ASCII. */
		public Builder contentType(@Nullable String contentType) {
			this.properties.contentType(MessageLimits.ascii("contentType", contentType));
			return this;
		}

		/** Sets how the body is encoded beside its media type, which is ASCII. */
		public Builder contentEncoding(@Nullable String contentEncoding) {
			this.properties.contentEncoding(MessageLimits.ascii("contentEncoding", contentEncoding));
			return this;
		}

		/** Sets what the message answers or belongs to. */
		public Builder correlationId(@Nullable String correlationId) {
			this.properties.correlationId(correlationId);
			return this;
		}

		/** Sets what the message is about. */
		public Builder subject(@Nullable String subject) {
			this.properties.subject(subject);
			return this;
		}

		/** Sets the address that the message is meant for. */
		public Builder to(@Nullable String to) {
			this.properties.to(to);
			return this;
		}

		/** Sets the entity to which answers should be sent. */
		public Builder replyTo(@Nullable String replyTo) {
			this.properties.replyTo(replyTo);
			return this;
		}

		/** Sets the session in which answers should be sent, at most 128 characters. */
		public Builder replyToSessionId(@Nullable String replyToSessionId) {
			this.properties.replyToGroupId(MessageLimits.id("replyToSessionId", replyToSessionId));
			return this;
		}

		/** Sets how long the message lives; at least a millisecond. */
		public Builder timeToLive(@Nullable Duration timeToLive) {
			this.terms = this.terms.withTimeToLive(MessageLimits.timeToLive(timeToLive));
			return this;
		}

		/** Sets when the message is to be enqueued. */
		public Builder scheduledEnqueueTime(@Nullable OffsetDateTime scheduledEnqueueTime) {
			this.terms = this.terms.withScheduledEnqueueTime(scheduledEnqueueTime);
			return this;
		}

		/** Sets header, annotations and footer of the AMQP message. */
		public Builder amqp(AmqpSections sections) {
			this.terms = this.terms.withAmqp(sections);
			return this;
		}

		/**
		 * Builds the message.
		 * @throws IllegalArgumentException if partition key and session id differ
		 */
		public ServiceBusMessage build() {
			Properties built = this.properties.build();
			MessageLimits.partition(built.groupId(), this.terms.partitionKey());
			return new ServiceBusMessage(this, built);
		}

	}

}
