package dev.servicebus.amqp.message;

import java.util.Collections;
import java.util.Map;

import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Makes a message from another one by replacing sections. Header, properties, application
 * properties, body and unknown sections that are not replaced are copied as bytes, so
 * that nothing is lost; the keys of annotations and footer come out as symbols. Not
 * thread-safe.
 */
public final class MessageEditor {

	/**
	 * About what a broker adds to a message.
	 */
	private static final int TYPICAL_GROWTH = 256;

	private final EncodedMessage original;

	private @Nullable Header header;

	private @Nullable Map<Symbol, @Nullable Object> deliveryAnnotations;

	private @Nullable Map<Symbol, @Nullable Object> messageAnnotations;

	private @Nullable Properties properties;

	private @Nullable Map<String, @Nullable Object> applicationProperties;

	private @Nullable MessageBody body;

	MessageEditor(EncodedMessage original) {
		this.original = original;
	}

	public MessageEditor header(Header replacement) {
		this.header = replacement;
		return this;
	}

	public MessageEditor deliveryAnnotations(Map<Symbol, ? extends @Nullable Object> replacement) {
		this.deliveryAnnotations = Collections.unmodifiableMap(replacement);
		return this;
	}

	public MessageEditor messageAnnotations(Map<Symbol, ? extends @Nullable Object> replacement) {
		this.messageAnnotations = Collections.unmodifiableMap(replacement);
		return this;
	}

	public MessageEditor properties(Properties replacement) {
		this.properties = replacement;
		return this;
	}

	public MessageEditor applicationProperties(Map<String, ? extends @Nullable Object> replacement) {
		this.applicationProperties = Collections.unmodifiableMap(replacement);
		return this;
	}

	public MessageEditor body(MessageBody replacement) {
		this.body = replacement;
		return this;
	}

	/**
	 * Encodes the new message.
	 * @throws dev.servicebus.amqp.codec.AmqpDecodeException if annotations or footer of
	 * the original are malformed
	 * @throws IllegalArgumentException if a new value has no AMQP type
	 */
	public byte[] encode() {
		AmqpWriter writer = new AmqpWriter(this.original.size() + TYPICAL_GROWTH);
		encodeTo(writer);
		return writer.toByteArray();
	}

	/**
	 * Appends the new message to what {@code writer} holds.
	 * @throws dev.servicebus.amqp.codec.AmqpDecodeException if annotations or footer of
	 * the original are malformed
	 * @throws IllegalArgumentException if a new value has no AMQP type
	 */
	public void encodeTo(AmqpWriter writer) {
		if (this.header != null) {
			SectionWriter.writeHeader(writer, this.header);
		}
		else {
			copy(writer, this.original.section(SectionCode.HEADER));
		}
		SectionWriter.writeAnnotations(writer, SectionCode.DELIVERY_ANNOTATIONS,
				(this.deliveryAnnotations != null) ? this.deliveryAnnotations : this.original.deliveryAnnotations());
		SectionWriter.writeAnnotations(writer, SectionCode.MESSAGE_ANNOTATIONS,
				(this.messageAnnotations != null) ? this.messageAnnotations : this.original.messageAnnotations());
		encodeBareMessage(writer);
		this.original.unknownSections().forEach((section) -> copy(writer, section));
		SectionWriter.writeAnnotations(writer, SectionCode.FOOTER, this.original.footer());
	}

	private void encodeBareMessage(AmqpWriter writer) {
		if (this.properties != null) {
			SectionWriter.writeProperties(writer, this.properties);
		}
		else {
			copy(writer, this.original.section(SectionCode.PROPERTIES));
		}
		if (this.applicationProperties != null) {
			SectionWriter.writeApplicationProperties(writer, this.applicationProperties);
		}
		else {
			copy(writer, this.original.section(SectionCode.APPLICATION_PROPERTIES));
		}
		SectionCode code = this.original.bodyCode();
		if (this.body != null) {
			SectionWriter.writeBody(writer, this.body);
		}
		else if (code != null) {
			copy(writer, this.original.section(code));
		}
	}

	private static void copy(AmqpWriter writer, @Nullable ByteSlice section) {
		if (section != null) {
			writer.writeEncoded(section.array(), section.offset(), section.length());
		}
	}

}
