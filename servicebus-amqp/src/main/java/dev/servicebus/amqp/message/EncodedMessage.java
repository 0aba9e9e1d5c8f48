package dev.servicebus.amqp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.codec.AmqpReader;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * An encoded message whose sections are found once and decoded when they are asked for.
 * Sections that the standard does not define are kept but not looked into.
 * <p>
 * Thread-safe once it is published safely, provided that nobody changes the array or the
 * arrays and collections it hands out: two threads may decode the same section, but both
 * get equal values.
 */
public final class EncodedMessage {

	private final byte[] array;

	private final int offset;

	private final int length;

	private final SectionIndex index;

	private @Nullable Header header;

	private @Nullable Map<Symbol, @Nullable Object> deliveryAnnotations;

	private @Nullable Map<Symbol, @Nullable Object> messageAnnotations;

	private @Nullable Properties properties;

	private @Nullable Map<String, @Nullable Object> applicationProperties;

	private @Nullable MessageBody body;

	private @Nullable Map<Symbol, @Nullable Object> footer;

	private EncodedMessage(byte[] array, int offset, int length) {
		this.array = array;
		this.offset = offset;
		this.length = length;
		this.index = new SectionIndex(array, offset, length);
	}

	/**
	 * Finds the sections of a message. The array is not copied.
	 * @throws AmqpDecodeException if the bytes are not a sequence of sections in the
	 * right order
	 */
	public static EncodedMessage of(byte[] array) {
		return new EncodedMessage(array, 0, array.length);
	}

	/**
	 * Finds the sections of a message. The array is not copied.
	 * @throws AmqpDecodeException if the bytes are not a sequence of sections in the
	 * right order
	 */
	public static EncodedMessage of(byte[] array, int offset, int length) {
		return new EncodedMessage(array, offset, length);
	}

	/**
	 * The size in bytes.
	 */
	public int size() {
		return this.length;
	}

	/**
	 * The whole message.
	 */
	public ByteSlice bytes() {
		return new ByteSlice(this.array, this.offset, this.length);
	}

	/**
	 * The bytes of a section with its descriptor, of all body sections if the body has
	 * several; {@code null} if it is absent.
	 */
	public @Nullable ByteSlice section(SectionCode code) {
		return this.index.section(code);
	}

	/**
	 * Sections with a descriptor that is none of the standard ones, in their order.
	 */
	public List<ByteSlice> unknownSections() {
		return this.index.unknown();
	}

	/**
	 * The kind of the body sections, {@code null} if there is none.
	 */
	public @Nullable SectionCode bodyCode() {
		return this.index.body();
	}

	/**
	 * The header, {@link Header#EMPTY} if it is absent.
	 * @throws AmqpDecodeException if it is malformed
	 */
	public Header header() {
		Header decoded = this.header;
		if (decoded == null) {
			decoded = decode(SectionCode.HEADER, SectionReader::readHeader, Header.EMPTY);
			this.header = decoded;
		}
		return decoded;
	}

	/**
	 * The delivery annotations, empty if they are absent. Keys that are not symbols are
	 * turned into symbols.
	 * @throws AmqpDecodeException if they are malformed
	 */
	public Map<Symbol, @Nullable Object> deliveryAnnotations() {
		Map<Symbol, @Nullable Object> decoded = this.deliveryAnnotations;
		if (decoded == null) {
			decoded = decodeAnnotations(SectionCode.DELIVERY_ANNOTATIONS);
			this.deliveryAnnotations = decoded;
		}
		return decoded;
	}

	/**
	 * The message annotations, empty if they are absent. Keys that are not symbols are
	 * turned into symbols.
	 * @throws AmqpDecodeException if they are malformed
	 */
	public Map<Symbol, @Nullable Object> messageAnnotations() {
		Map<Symbol, @Nullable Object> decoded = this.messageAnnotations;
		if (decoded == null) {
			decoded = decodeAnnotations(SectionCode.MESSAGE_ANNOTATIONS);
			this.messageAnnotations = decoded;
		}
		return decoded;
	}

	/**
	 * One message annotation, {@code null} if it is absent, without decoding the others.
	 * @throws AmqpDecodeException if the annotations are malformed up to this one
	 */
	public @Nullable Object messageAnnotation(Symbol key) {
		Map<Symbol, @Nullable Object> decoded = this.messageAnnotations;
		return (decoded != null) ? decoded.get(key) : find(SectionCode.MESSAGE_ANNOTATIONS, key);
	}

	/**
	 * One delivery annotation, {@code null} if it is absent, without decoding the others.
	 * @throws AmqpDecodeException if the annotations are malformed up to this one
	 */
	public @Nullable Object deliveryAnnotation(Symbol key) {
		Map<Symbol, @Nullable Object> decoded = this.deliveryAnnotations;
		return (decoded != null) ? decoded.get(key) : find(SectionCode.DELIVERY_ANNOTATIONS, key);
	}

	/**
	 * The standard properties, {@link Properties#EMPTY} if they are absent.
	 * @throws AmqpDecodeException if they are malformed
	 */
	public Properties properties() {
		Properties decoded = this.properties;
		if (decoded == null) {
			decoded = decode(SectionCode.PROPERTIES, SectionReader::readProperties, Properties.EMPTY);
			this.properties = decoded;
		}
		return decoded;
	}

	/**
	 * The application properties, empty if they are absent.
	 * @throws AmqpDecodeException if they are malformed
	 */
	public Map<String, @Nullable Object> applicationProperties() {
		Map<String, @Nullable Object> decoded = this.applicationProperties;
		if (decoded == null) {
			decoded = decode(SectionCode.APPLICATION_PROPERTIES, SectionReader::readApplicationProperties, Map.of());
			this.applicationProperties = decoded;
		}
		return decoded;
	}

	/**
	 * One application property, {@code null} if it is absent, without decoding the
	 * others. Of several with this name, which there should not be, the first one.
	 * @param name its name, in ASCII
	 * @throws AmqpDecodeException if the properties are malformed up to this one
	 */
	public @Nullable Object applicationProperty(String name) {
		Map<String, @Nullable Object> decoded = this.applicationProperties;
		return (decoded != null) ? decoded.get(name) : find(SectionCode.APPLICATION_PROPERTIES, Symbol.of(name));
	}

	/**
	 * The body; without body sections, a {@link MessageBody.Data} without sections.
	 * @throws AmqpDecodeException if it is malformed
	 */
	public MessageBody body() {
		MessageBody decoded = this.body;
		if (decoded == null) {
			SectionCode code = this.index.body();
			decoded = (code != null) ? SectionReader.readBody(this.index.readSection(code), code)
					: new MessageBody.Data(List.of());
			this.body = decoded;
		}
		return decoded;
	}

	/**
	 * The content of each data section, not copied; empty if the body is of another kind.
	 * @throws AmqpDecodeException if a section is not a binary
	 */
	public List<ByteSlice> data() {
		if (this.index.body() != SectionCode.DATA) {
			return List.of();
		}
		List<ByteSlice> contents = new ArrayList<>(1);
		AmqpReader reader = this.index.readSection(SectionCode.DATA);
		while (reader.hasRemaining()) {
			reader.readDescriptor();
			int size = reader.readBinaryHead();
			contents.add(new ByteSlice(this.array, reader.position(), size));
			reader.skip(size);
		}
		return contents;
	}

	/**
	 * The footer, empty if it is absent. Keys that are not symbols are turned into
	 * symbols.
	 * @throws AmqpDecodeException if it is malformed
	 */
	public Map<Symbol, @Nullable Object> footer() {
		Map<Symbol, @Nullable Object> decoded = this.footer;
		if (decoded == null) {
			decoded = decodeAnnotations(SectionCode.FOOTER);
			this.footer = decoded;
		}
		return decoded;
	}

	/**
	 * Decodes everything, after which no part can turn out to be malformed.
	 * @throws AmqpDecodeException if a section is malformed
	 */
	public AmqpMessage decode() {
		return new AmqpMessage(header(), deliveryAnnotations(), messageAnnotations(), properties(),
				applicationProperties(), body(), footer());
	}

	/**
	 * Begins a message that shares with this one every section that is not replaced.
	 */
	public MessageEditor edit() {
		return new MessageEditor(this);
	}

	private Map<Symbol, @Nullable Object> decodeAnnotations(SectionCode code) {
		return decode(code, SectionReader::readAnnotations, Map.of());
	}

	private <T> T decode(SectionCode code, Function<AmqpReader, T> section, T absent) {
		if (!this.index.has(code)) {
			return absent;
		}
		AmqpReader reader = this.index.readValue(code);
		T decoded = section.apply(reader);
		if (reader.hasRemaining()) {
			throw new AmqpDecodeException(reader.remaining() + " bytes follow the last element of " + code);
		}
		return decoded;
	}

	private @Nullable Object find(SectionCode code, Symbol key) {
		Objects.requireNonNull(key, "key");
		if (!this.index.has(code)) {
			return null;
		}
		AmqpReader reader = this.index.readValue(code);
		for (int entries = reader.readMapHead(); entries > 0; entries--) {
			if (reader.skipText(key)) {
				return reader.readValue();
			}
			reader.skipValue();
		}
		return null;
	}

}
