package dev.servicebus.amqp.message;

import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * A message with all its sections. A section without content is not sent, except for the
 * body. Immutable, provided that nobody changes the values it holds.
 *
 * @param header how to transfer it
 * @param deliveryAnnotations what the next peer is told
 * @param messageAnnotations what every peer on the way is told
 * @param properties standard properties
 * @param applicationProperties properties of the application
 * @param body the body
 * @param footer what could only be known after the body
 */
public record AmqpMessage(Header header, Map<Symbol, @Nullable Object> deliveryAnnotations,
		Map<Symbol, @Nullable Object> messageAnnotations, Properties properties,
		Map<String, @Nullable Object> applicationProperties, MessageBody body, Map<Symbol, @Nullable Object> footer) {

	/**
	 * About what header and properties take, with all descriptors.
	 */
	private static final int TYPICAL_OVERHEAD = 192;

	/**
	 * About what an annotation or a property of an application takes.
	 */
	private static final int TYPICAL_ENTRY = 32;

	public AmqpMessage {
		Objects.requireNonNull(header, "header");
		Objects.requireNonNull(properties, "properties");
		Objects.requireNonNull(body, "body");
		deliveryAnnotations = SectionMap.copyOf(deliveryAnnotations);
		messageAnnotations = SectionMap.copyOf(messageAnnotations);
		applicationProperties = SectionMap.copyOf(applicationProperties);
		footer = SectionMap.copyOf(footer);
	}

	public static Builder builder() {
		return new Builder();
	}

	/**
	 * A builder that starts with the sections of this message.
	 */
	public Builder mutate() {
		return new Builder().header(this.header)
			.deliveryAnnotations(this.deliveryAnnotations)
			.messageAnnotations(this.messageAnnotations)
			.properties(this.properties)
			.applicationProperties(this.applicationProperties)
			.body(this.body)
			.footer(this.footer);
	}

	/**
	 * Encodes the message.
	 * @throws IllegalArgumentException if a value has no AMQP type
	 */
	public byte[] encode() {
		AmqpWriter writer = new AmqpWriter(capacity());
		encodeTo(writer);
		return writer.toByteArray();
	}

	/**
	 * Encodes the message without cutting the array to its size, which saves a copy of
	 * everything. The array belongs to the caller.
	 * @throws IllegalArgumentException if a value has no AMQP type
	 */
	public ByteSlice encodeToSlice() {
		AmqpWriter writer = new AmqpWriter(capacity());
		encodeTo(writer);
		return new ByteSlice(writer.buffer(), 0, writer.size());
	}

	/**
	 * Appends the encoded message to what {@code writer} holds.
	 * @throws IllegalArgumentException if a value has no AMQP type
	 */
	public void encodeTo(AmqpWriter writer) {
		SectionWriter.writeHeader(writer, this.header);
		SectionWriter.writeAnnotations(writer, SectionCode.DELIVERY_ANNOTATIONS, this.deliveryAnnotations);
		SectionWriter.writeAnnotations(writer, SectionCode.MESSAGE_ANNOTATIONS, this.messageAnnotations);
		SectionWriter.writeProperties(writer, this.properties);
		SectionWriter.writeApplicationProperties(writer, this.applicationProperties);
		SectionWriter.writeBody(writer, this.body);
		SectionWriter.writeAnnotations(writer, SectionCode.FOOTER, this.footer);
	}

	/**
	 * The exact size in bytes of the encoded message. It takes an encoding to know, so
	 * who needs the bytes as well should rather ask these for their length.
	 */
	public int encodedSize() {
		AmqpWriter writer = new AmqpWriter(capacity());
		encodeTo(writer);
		return writer.size();
	}

	private int capacity() {
		int entries = this.deliveryAnnotations.size() + this.messageAnnotations.size()
				+ this.applicationProperties.size() + this.footer.size();
		int capacity = TYPICAL_OVERHEAD + TYPICAL_ENTRY * entries;
		if (this.body instanceof MessageBody.Data data) {
			for (byte[] section : data.sections()) {
				capacity += section.length;
			}
		}
		return capacity;
	}

	/**
	 * Collects the sections of a message; those that are not set are absent, the body is
	 * empty. Not thread-safe.
	 */
	public static final class Builder {

		private Header header = Header.EMPTY;

		private Map<Symbol, ? extends @Nullable Object> deliveryAnnotations = Map.of();

		private Map<Symbol, ? extends @Nullable Object> messageAnnotations = Map.of();

		private Properties properties = Properties.EMPTY;

		private Map<String, ? extends @Nullable Object> applicationProperties = Map.of();

		private MessageBody body = MessageBody.EMPTY;

		private Map<Symbol, ? extends @Nullable Object> footer = Map.of();

		private Builder() {
		}

		public Builder header(Header value) {
			this.header = value;
			return this;
		}

		public Builder deliveryAnnotations(Map<Symbol, ? extends @Nullable Object> value) {
			this.deliveryAnnotations = value;
			return this;
		}

		public Builder messageAnnotations(Map<Symbol, ? extends @Nullable Object> value) {
			this.messageAnnotations = value;
			return this;
		}

		public Builder properties(Properties value) {
			this.properties = value;
			return this;
		}

		public Builder applicationProperties(Map<String, ? extends @Nullable Object> value) {
			this.applicationProperties = value;
			return this;
		}

		public Builder body(MessageBody value) {
			this.body = value;
			return this;
		}

		/**
		 * Sets a body of one data section. The array is not copied.
		 */
		public Builder data(byte[] bytes) {
			return body(MessageBody.Data.of(bytes));
		}

		/**
		 * Sets a body of one value.
		 */
		public Builder value(@Nullable Object value) {
			return body(new MessageBody.Value(value));
		}

		public Builder footer(Map<Symbol, ? extends @Nullable Object> value) {
			this.footer = value;
			return this;
		}

		/**
		 * Returns the message; maps are copied.
		 */
		public AmqpMessage build() {
			return new AmqpMessage(this.header, SectionMap.copyOf(this.deliveryAnnotations),
					SectionMap.copyOf(this.messageAnnotations), this.properties,
					SectionMap.copyOf(this.applicationProperties), this.body, SectionMap.copyOf(this.footer));
		}

	}

}
