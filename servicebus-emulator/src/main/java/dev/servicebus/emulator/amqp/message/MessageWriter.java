package dev.servicebus.emulator.amqp.message;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.message.ByteSlice;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.message.SectionCode;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageState;
import dev.servicebus.emulator.store.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stored message as a receiver gets it. Header and annotations are made anew;
 * all other sections are the sender's bytes, unless there is something to change in them.
 */
public final class MessageWriter {

	/** About what header and annotations take. */
	private static final int TYPICAL_GROWTH = 256;

	private static final long MAX_TTL = 0xFFFF_FFFFL;

	/** Has no sections; the starting point for writing a single one. */
	private static final EncodedMessage NOTHING = EncodedMessage.of(new byte[0]);

	private final AmqpWriter writer;

	private final BrokerMessage message;

	private final WireMessage content;

	private final EncodedMessage original;

	private MessageWriter(BrokerMessage message) {
		this.message = message;
		this.content = (WireMessage) message.content();
		this.original = this.content.encoded();
		this.writer = new AmqpWriter(this.original.size() + TYPICAL_GROWTH);
	}

	/**
	 * Writes a message with the lock, times, counts and properties that it has now.
	 * @return holds the bytes, and is not used for anything else
	 */
	public static AmqpWriter write(BrokerMessage message) {
		MessageWriter writer = new MessageWriter(message);
		writer.writeSectionsBeforeBody();
		writer.copy(writer.original.bodyCode());
		writer.original.unknownSections().forEach(writer::copy);
		writer.writeFooter();
		return writer.writer;
	}

	/**
	 * Writes a message up to its body, for those who only want to know what is there.
	 * @return holds the bytes, and is not used for anything else
	 */
	public static AmqpWriter writeWithoutBody(BrokerMessage message) {
		MessageWriter writer = new MessageWriter(message);
		writer.writeSectionsBeforeBody();
		return writer.writer;
	}

	private void writeSectionsBeforeBody() {
		writeHeader();
		writeDeliveryAnnotations();
		writeMessageAnnotations();
		writeProperties();
		writeApplicationProperties();
	}

	/**
	 * Clients read the delivery count even on the first delivery, and compute the expiry
	 * from the time to live.
	 */
	private void writeHeader() {
		Header header = this.original.header();
		Long ttl = expires() ? Long.valueOf(Math.min(MAX_TTL, this.message.expiresAt() - this.message.enqueuedTime()))
				: header.ttl();
		this.writer.writeDescriptor(SectionCode.HEADER.descriptor());
		int start = this.writer.beginList();
		this.writer.writeValue(header.durable());
		if (header.priority() != null) {
			this.writer.writeUnsignedByte(header.priority());
		}
		else {
			this.writer.writeNull();
		}
		if (ttl != null) {
			this.writer.writeUnsignedInteger(ttl.intValue());
		}
		else {
			this.writer.writeNull();
		}
		this.writer.writeValue(header.firstAcquirer());
		this.writer.writeUnsignedInteger(this.message.deliveryCount());
		this.writer.endList(start, 5);
	}

	private void writeDeliveryAnnotations() {
		Map<Symbol, @Nullable Object> sent = this.original.deliveryAnnotations();
		UUID token = this.message.lockToken();
		if (token == null && sent.isEmpty()) {
			return;
		}
		this.writer.writeDescriptor(SectionCode.DELIVERY_ANNOTATIONS.descriptor());
		int start = this.writer.beginMap();
		int entries = writeUnreserved(sent);
		if (token != null) {
			this.writer.writeSymbol(MessageAnnotations.LOCK_TOKEN);
			this.writer.writeUuid(token);
			entries++;
		}
		this.writer.endMap(start, entries);
	}

	private void writeMessageAnnotations() {
		this.writer.writeDescriptor(SectionCode.MESSAGE_ANNOTATIONS.descriptor());
		int start = this.writer.beginMap();
		int entries = 2 + writeUnreserved(this.original.messageAnnotations());
		Origin origin = this.message.origin();
		this.writer.writeSymbol(MessageAnnotations.SEQUENCE_NUMBER);
		this.writer.writeLong(this.message.sequenceNumber());
		this.writer.writeSymbol(MessageAnnotations.ENQUEUED_TIME);
		this.writer.writeTimestamp(Instant.ofEpochMilli(this.message.enqueuedTime()));
		if (origin != null) {
			this.writer.writeSymbol(MessageAnnotations.ENQUEUE_SEQUENCE_NUMBER);
			this.writer.writeLong(origin.sequenceNumber());
			entries++;
		}
		if (this.message.state() != MessageState.ACTIVE) {
			this.writer.writeSymbol(MessageAnnotations.MESSAGE_STATE);
			this.writer.writeInteger(code(this.message.state()));
			entries++;
		}
		if (this.message.isLocked()) {
			this.writer.writeSymbol(MessageAnnotations.LOCKED_UNTIL);
			this.writer.writeTimestamp(Instant.ofEpochMilli(this.message.lockedUntil()));
			entries++;
		}
		if (origin != null && origin.deadLetterSource() != null) {
			this.writer.writeSymbol(MessageAnnotations.DEAD_LETTER_SOURCE);
			this.writer.writeString(origin.deadLetterSource());
			entries++;
		}
		this.writer.endMap(start, entries);
	}

	private int writeUnreserved(Map<Symbol, @Nullable Object> annotations) {
		int entries = 0;
		for (Map.Entry<Symbol, @Nullable Object> entry : annotations.entrySet()) {
			if (!MessageAnnotations.isReserved(entry.getKey())) {
				this.writer.writeSymbol(entry.getKey());
				this.writer.writeValue(entry.getValue());
				entries++;
			}
		}
		return entries;
	}

	private void writeProperties() {
		if (!expires() && !this.content.isMessageIdAssigned()) {
			copy(SectionCode.PROPERTIES);
			return;
		}
		Properties.Builder properties = this.original.properties().mutate().messageId(this.content.messageId());
		if (expires()) {
			properties.absoluteExpiryTime(Instant.ofEpochMilli(this.message.expiresAt()));
		}
		NOTHING.edit().properties(properties.build()).encodeTo(this.writer);
	}

	private void writeApplicationProperties() {
		Map<String, @Nullable Object> changes = this.message.modifiedProperties();
		if (changes.isEmpty()) {
			copy(SectionCode.APPLICATION_PROPERTIES);
			return;
		}
		Map<String, @Nullable Object> merged = new LinkedHashMap<>(this.original.applicationProperties());
		merged.putAll(changes);
		NOTHING.edit().applicationProperties(merged).encodeTo(this.writer);
	}

	/**
	 * Some clients write string keys into footers and can read only symbols, so the keys
	 * come out as symbols.
	 */
	private void writeFooter() {
		ByteSlice footer = this.original.section(SectionCode.FOOTER);
		if (footer != null) {
			EncodedMessage.of(footer.array(), footer.offset(), footer.length()).edit().encodeTo(this.writer);
		}
	}

	private void copy(@Nullable SectionCode code) {
		ByteSlice section = (code != null) ? this.original.section(code) : null;
		if (section != null) {
			copy(section);
		}
	}

	private void copy(ByteSlice section) {
		this.writer.writeEncoded(section.array(), section.offset(), section.length());
	}

	private boolean expires() {
		return this.message.expiresAt() != BrokerMessage.NEVER;
	}

	private static int code(MessageState state) {
		return switch (state) {
			case ACTIVE -> 0;
			case DEFERRED -> 1;
			case SCHEDULED -> 2;
		};
	}

}
