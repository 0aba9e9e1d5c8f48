package dev.servicebus.message;

import java.time.InstantSource;
import java.util.Map;

import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.ByteSlice;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.message.SectionCode;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Packs messages into one transfer: each is a data section of its own, and in front of
 * them stands what routes the whole, taken from the first message. Knows its exact size
 * at any time. Not thread-safe.
 */
public final class MessageBatchEncoder {

	/** The message format that tells the broker to unpack the transfer. */
	public static final int MESSAGE_FORMAT = 0x80013700;

	private static final long DATA_SECTION = 0x75;

	/** Descriptor, and constructor with a length of one byte. */
	private static final int SMALL_FRAMING = 5;

	/** Descriptor, and constructor with a length of four bytes. */
	private static final int LARGE_FRAMING = 8;

	private static final int MAX_SMALL_LENGTH = 255;

	private final int maxSize;

	private final MessageEncoder encoder;

	private final MessageIds ids;

	private final AmqpWriter batch = new AmqpWriter();

	private final AmqpWriter scratch = new AmqpWriter();

	private int count;

	/**
	 * An empty batch.
	 * @param maxSize the most bytes that the batch may have
	 * @param clock tells when messages with a time to live were created
	 */
	public MessageBatchEncoder(int maxSize, InstantSource clock) {
		this(maxSize, new MessageEncoder(clock), MessageIds.none());
	}

	/**
	 * An empty batch.
	 * @param maxSize the most bytes that the batch may have
	 * @param encoder encodes the messages
	 * @param ids names messages without an id
	 */
	public MessageBatchEncoder(int maxSize, MessageEncoder encoder, MessageIds ids) {
		if (maxSize < 1) {
			throw new IllegalArgumentException("maxSize must be positive but is " + maxSize);
		}
		this.maxSize = maxSize;
		this.encoder = encoder;
		this.ids = ids;
	}

	/**
	 * Adds a message if there is room for it.
	 * @return whether it was added; otherwise the batch is as it was
	 */
	public boolean tryAdd(ServiceBusMessage message) {
		return tryAddIdentified(this.ids.identify(message));
	}

	private boolean tryAddIdentified(ServiceBusMessage message) {
		this.scratch.reset();
		this.encoder.encodeTo(this.scratch, message);
		EncodedMessage envelope = (this.count == 0) ? envelope(message) : null;
		long newSize = (long) this.batch.size() + sectionsSize(envelope) + framedSize(this.scratch.size());
		if (newSize > this.maxSize) {
			return false;
		}
		if (envelope != null) {
			copy(envelope.section(SectionCode.MESSAGE_ANNOTATIONS));
			copy(envelope.section(SectionCode.PROPERTIES));
		}
		this.batch.writeDescriptor(DATA_SECTION);
		this.batch.writeBinary(this.scratch.buffer(), 0, this.scratch.size());
		this.count++;
		return true;
	}

	/**
	 * How many messages were added.
	 */
	public int count() {
		return this.count;
	}

	/**
	 * The size of the batch in bytes, 0 while it is empty.
	 */
	public int size() {
		return this.batch.size();
	}

	/**
	 * The most bytes that the batch may have.
	 */
	public int maxSize() {
		return this.maxSize;
	}

	/**
	 * The payload of the transfer, to be sent with {@link #MESSAGE_FORMAT}.
	 */
	public byte[] encode() {
		return this.batch.toByteArray();
	}

	private static EncodedMessage envelope(ServiceBusMessage first) {
		Map<Symbol, @Nullable Object> annotations = MessageEncoder.routing(first.terms());
		Properties properties = Properties.builder()
			.messageId(first.properties().messageId())
			.groupId(first.sessionId())
			.build();
		return EncodedMessage
			.of(AmqpMessage.builder().messageAnnotations(annotations).properties(properties).build().encode());
	}

	private static int sectionsSize(@Nullable EncodedMessage envelope) {
		if (envelope == null) {
			return 0;
		}
		return length(envelope.section(SectionCode.MESSAGE_ANNOTATIONS))
				+ length(envelope.section(SectionCode.PROPERTIES));
	}

	private static int length(@Nullable ByteSlice section) {
		return (section != null) ? section.length() : 0;
	}

	private static long framedSize(int length) {
		return (long) length + ((length <= MAX_SMALL_LENGTH) ? SMALL_FRAMING : LARGE_FRAMING);
	}

	private void copy(@Nullable ByteSlice section) {
		if (section != null) {
			this.batch.writeEncoded(section.array(), section.offset(), section.length());
		}
	}

}
