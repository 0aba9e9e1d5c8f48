package dev.servicebus.amqp.message;

import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Writes the sections of a message, each with its descriptor; nothing for an empty one.
 */
final class SectionWriter {

	private SectionWriter() {
	}

	static void writeHeader(AmqpWriter writer, Header header) {
		if (header.equals(Header.EMPTY)) {
			return;
		}
		FieldWriter fields = new FieldWriter(writer, SectionCode.HEADER);
		fields.bool(header.durable());
		fields.ubyte(header.priority());
		fields.uint(header.ttl());
		fields.bool(header.firstAcquirer());
		fields.uint(header.deliveryCount());
		fields.end();
	}

	static void writeProperties(AmqpWriter writer, Properties properties) {
		if (properties.equals(Properties.EMPTY)) {
			return;
		}
		FieldWriter fields = new FieldWriter(writer, SectionCode.PROPERTIES);
		fields.value(properties.messageId());
		fields.value(properties.userId());
		fields.string(properties.to());
		fields.string(properties.subject());
		fields.string(properties.replyTo());
		fields.value(properties.correlationId());
		fields.symbol(properties.contentType());
		fields.symbol(properties.contentEncoding());
		fields.timestamp(properties.absoluteExpiryTime());
		fields.timestamp(properties.creationTime());
		fields.string(properties.groupId());
		fields.uint(properties.groupSequence());
		fields.string(properties.replyToGroupId());
		fields.end();
	}

	/**
	 * Writes annotations or a footer, whose keys are symbols whatever the sender used:
	 * some peers cannot read anything else.
	 */
	static void writeAnnotations(AmqpWriter writer, SectionCode code, Map<Symbol, @Nullable Object> annotations) {
		if (annotations.isEmpty()) {
			return;
		}
		writer.writeDescriptor(code.descriptor());
		int start = writer.beginMap();
		annotations.forEach((key, value) -> {
			writer.writeSymbol(key);
			writer.writeValue(value);
		});
		writer.endMap(start, annotations.size());
	}

	static void writeApplicationProperties(AmqpWriter writer, Map<String, @Nullable Object> properties) {
		if (properties.isEmpty()) {
			return;
		}
		writer.writeDescriptor(SectionCode.APPLICATION_PROPERTIES.descriptor());
		int start = writer.beginMap();
		properties.forEach((key, value) -> {
			writer.writeString(key);
			writer.writeValue(value);
		});
		writer.endMap(start, properties.size());
	}

	static void writeBody(AmqpWriter writer, MessageBody body) {
		if (body instanceof MessageBody.Data data) {
			for (byte[] section : data.sections().isEmpty() ? MessageBody.EMPTY.sections() : data.sections()) {
				writer.writeDescriptor(SectionCode.DATA.descriptor());
				writer.writeBinary(section);
			}
		}
		else if (body instanceof MessageBody.Sequence sequence) {
			List<List<?>> sections = sequence.sections().isEmpty() ? List.of(List.of()) : sequence.sections();
			for (List<?> section : sections) {
				writer.writeDescriptor(SectionCode.SEQUENCE.descriptor());
				writer.writeValue(section);
			}
		}
		else if (body instanceof MessageBody.Value value) {
			writer.writeDescriptor(SectionCode.VALUE.descriptor());
			writer.writeValue(value.value());
		}
	}

}
