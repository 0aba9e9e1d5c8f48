package dev.servicebus.amqp.message;

import java.time.Instant;

import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a composite section as a list, without nulls at its end.
 */
final class FieldWriter {

	private final AmqpWriter writer;

	private final int start;

	private int count;

	private int pendingNulls;

	FieldWriter(AmqpWriter writer, SectionCode code) {
		this.writer = writer;
		writer.writeDescriptor(code.descriptor());
		this.start = writer.beginList();
	}

	void bool(@Nullable Boolean value) {
		if (value != null) {
			next().writeBoolean(value);
		}
		else {
			this.pendingNulls++;
		}
	}

	void ubyte(@Nullable Integer value) {
		if (value != null) {
			next().writeUnsignedByte(value);
		}
		else {
			this.pendingNulls++;
		}
	}

	void uint(@Nullable Long value) {
		if (value != null) {
			next().writeUnsignedInteger(value.intValue());
		}
		else {
			this.pendingNulls++;
		}
	}

	void timestamp(@Nullable Instant value) {
		if (value != null) {
			next().writeTimestamp(value);
		}
		else {
			this.pendingNulls++;
		}
	}

	void string(@Nullable String value) {
		if (value != null) {
			next().writeString(value);
		}
		else {
			this.pendingNulls++;
		}
	}

	void symbol(@Nullable String value) {
		if (value != null) {
			next().writeSymbol(Symbol.of(value));
		}
		else {
			this.pendingNulls++;
		}
	}

	void value(@Nullable Object value) {
		if (value != null) {
			next().writeValue(value);
		}
		else {
			this.pendingNulls++;
		}
	}

	void end() {
		this.writer.endList(this.start, this.count);
	}

	private AmqpWriter next() {
		for (; this.pendingNulls > 0; this.pendingNulls--) {
			this.writer.writeNull();
			this.count++;
		}
		this.count++;
		return this.writer;
	}

}
