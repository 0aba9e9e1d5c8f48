package dev.servicebus.amqp.message;

import java.time.Instant;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.codec.AmqpReader;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a composite section; those after the end of the list are null, and
 * those that we do not know are passed over.
 */
final class FieldReader {

	private final AmqpReader reader;

	private int remaining;

	FieldReader(AmqpReader reader) {
		this.reader = reader;
		this.remaining = reader.readListHead();
	}

	@Nullable Boolean bool() {
		return next() ? this.reader.readBoolean() : null;
	}

	@Nullable Integer ubyte() {
		return next() ? this.reader.readUnsignedByte() : null;
	}

	@Nullable Long uint() {
		return next() ? this.reader.readUnsignedInteger() : null;
	}

	@Nullable Instant timestamp() {
		return next() ? this.reader.readTimestamp() : null;
	}

	@Nullable String string() {
		return next() ? this.reader.readString() : null;
	}

	byte @Nullable [] binary() {
		return next() ? this.reader.readBinary() : null;
	}

	@Nullable String symbol() {
		Symbol symbol = next() ? this.reader.readSymbol() : null;
		return (symbol != null) ? symbol.toString() : null;
	}

	@Nullable Object id() {
		Object id = next() ? this.reader.readValue() : null;
		if (!Properties.isId(id)) {
			throw new AmqpDecodeException("message or correlation id must be a string, uuid, ulong or binary");
		}
		return id;
	}

	void end() {
		while (next()) {
			this.reader.skipValue();
		}
	}

	private boolean next() {
		return this.remaining-- > 0;
	}

}
