package dev.servicebus.amqp.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.codec.AmqpReader;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads what sections hold, without their descriptors.
 */
final class SectionReader {

	private SectionReader() {
	}

	static Header readHeader(AmqpReader reader) {
		FieldReader fields = new FieldReader(reader);
		Header header = new Header(fields.bool(), fields.ubyte(), fields.uint(), fields.bool(), fields.uint());
		fields.end();
		return header;
	}

	static Properties readProperties(AmqpReader reader) {
		FieldReader fields = new FieldReader(reader);
		Properties properties = new Properties(fields.id(), fields.binary(), fields.string(), fields.string(),
				fields.string(), fields.id(), fields.symbol(), fields.symbol(), fields.timestamp(), fields.timestamp(),
				fields.string(), fields.uint(), fields.string());
		fields.end();
		return properties;
	}

	/**
	 * Reads annotations or a footer. Peers write other keys than symbols, too.
	 */
	static Map<Symbol, @Nullable Object> readAnnotations(AmqpReader reader) {
		return SectionMap.read(reader, reader.readMapHead(), SectionReader::readAnnotationKey);
	}

	static Map<String, @Nullable Object> readApplicationProperties(AmqpReader reader) {
		return SectionMap.read(reader, reader.readMapHead(), SectionReader::readPropertyKey);
	}

	/**
	 * Reads body sections of one kind, which still have their descriptors.
	 */
	static MessageBody readBody(AmqpReader reader, SectionCode code) {
		return switch (code) {
			case DATA -> new MessageBody.Data(readData(reader));
			case SEQUENCE -> new MessageBody.Sequence(readSequence(reader));
			default -> {
				reader.readDescriptor();
				yield new MessageBody.Value(reader.readValue());
			}
		};
	}

	private static List<byte[]> readData(AmqpReader reader) {
		List<byte[]> sections = new ArrayList<>(1);
		while (reader.hasRemaining()) {
			reader.readDescriptor();
			byte[] section = reader.readBinary();
			sections.add((section != null) ? section : new byte[0]);
		}
		return sections;
	}

	private static List<List<?>> readSequence(AmqpReader reader) {
		List<List<?>> sections = new ArrayList<>(1);
		while (reader.hasRemaining()) {
			reader.readDescriptor();
			if (!(reader.readValue() instanceof List<?> section)) {
				throw new AmqpDecodeException("amqp-sequence section must be a list");
			}
			sections.add(section);
		}
		return sections;
	}

	private static String readPropertyKey(AmqpReader reader) {
		String key = reader.readString();
		if (key == null) {
			throw new AmqpDecodeException("key of an application property must not be null");
		}
		return key;
	}

	private static Symbol readAnnotationKey(AmqpReader reader) {
		Object key = reader.readValue();
		if (key instanceof Symbol symbol) {
			return symbol;
		}
		if (key instanceof UnsignedLong number) {
			return Symbol.of(number.toString());
		}
		String text = (key instanceof byte[] bytes) ? new String(bytes, StandardCharsets.ISO_8859_1)
				: (key instanceof String string) ? string : null;
		if (text == null || text.chars().anyMatch((c) -> c >= 0x80)) {
			throw new AmqpDecodeException("key of an annotation must be a symbol");
		}
		return Symbol.of(text);
	}

}
