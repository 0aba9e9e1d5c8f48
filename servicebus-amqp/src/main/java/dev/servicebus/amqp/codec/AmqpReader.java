package dev.servicebus.amqp.codec;

import java.time.Instant;

import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Reads AMQP values from a part of an array. Bytes that are not AMQP, end too early,
 * declare more than there is or are nested deeper than {@link #MAX_DEPTH} cause an
 * {@link AmqpDecodeException}, after which the reader is of no further use. Not
 * thread-safe.
 * <p>
 * Where text is asked for, a {@code string} and a {@code symbol} are both accepted, as
 * peers confuse them.
 */
public final class AmqpReader {

	/**
	 * How deep lists, maps, arrays and described values may be nested.
	 */
	public static final int MAX_DEPTH = 32;

	private final Input in;

	/**
	 * A reader of a whole array.
	 */
	public AmqpReader(byte[] array) {
		this(array, 0, array.length);
	}

	/**
	 * A reader of {@code length} bytes from {@code offset}.
	 */
	public AmqpReader(byte[] array, int offset, int length) {
		this.in = new Input(array, offset, length);
	}

	/**
	 * The index in the array of what is read next.
	 */
	public int position() {
		return this.in.position();
	}

	/**
	 * The number of bytes that are left.
	 */
	public int remaining() {
		return this.in.remaining();
	}

	public boolean hasRemaining() {
		return this.in.remaining() > 0;
	}

	/**
	 * Reads a value of any type; {@code dev.servicebus.amqp.type} tells what it becomes.
	 */
	public @Nullable Object readValue() {
		return ValueDecoder.read(this.in, 0);
	}

	/**
	 * Passes over a value of any type without looking into it.
	 */
	public void skipValue() {
		int pending = 1;
		while (pending > 0) {
			pending--;
			int code = this.in.takeByte();
			switch (code >>> 4) {
				case 0x0 -> pending += describedParts(code);
				case 0x4 -> this.in.skip(0);
				case 0x5 -> this.in.skip(1);
				case 0x6 -> this.in.skip(2);
				case 0x7 -> this.in.skip(4);
				case 0x8 -> this.in.skip(8);
				case 0x9 -> this.in.skip(16);
				case 0xA, 0xC, 0xE -> this.in.skip(this.in.takeByte());
				case 0xB, 0xD, 0xF -> this.in.skip(this.in.takeInt());
				default -> throw FormatCode.unknown(code);
			}
		}
	}

	/**
	 * Reads the beginning of a described value and returns its descriptor; the value
	 * itself comes next.
	 */
	public Object readDescriptor() {
		int code = this.in.takeByte();
		if (code != FormatCode.DESCRIBED) {
			throw unexpected("described value", code);
		}
		return ValueDecoder.readDescriptor(this.in, 1);
	}

	/**
	 * Reads the head of a list and returns the number of its elements, which come next.
	 * Null counts as empty.
	 */
	public int readListHead() {
		int code = this.in.takeByte();
		if (code == FormatCode.LIST0 || code == FormatCode.NULL) {
			return 0;
		}
		if ((code | FormatCode.WIDE) != FormatCode.LIST32) {
			throw unexpected("list", code);
		}
		return this.in.takeCount(code, this.in.takeSize(code));
	}

	/**
	 * Reads the head of a map and returns the number of its entries; keys and values come
	 * next in turn. Null counts as empty.
	 */
	public int readMapHead() {
		int code = this.in.takeByte();
		if (code == FormatCode.NULL) {
			return 0;
		}
		if ((code | FormatCode.WIDE) != FormatCode.MAP32) {
			throw unexpected("map", code);
		}
		return ValueDecoder.entries(this.in.takeCount(code, this.in.takeSize(code)));
	}

	/**
	 * Reads the head of a binary and returns its length; its bytes come next, at
	 * {@link #position()}. Null counts as empty.
	 */
	public int readBinaryHead() {
		int code = this.in.takeByte();
		if (code == FormatCode.NULL) {
			return 0;
		}
		if ((code | FormatCode.WIDE) != FormatCode.BINARY32) {
			throw unexpected("binary", code);
		}
		return this.in.takeSize(code);
	}

	/**
	 * Passes over bytes.
	 */
	public void skip(int bytes) {
		this.in.skip(bytes);
	}

	public @Nullable Boolean readBoolean() {
		int code = this.in.takeByte();
		return switch (code) {
			case FormatCode.NULL -> null;
			case FormatCode.TRUE -> Boolean.TRUE;
			case FormatCode.FALSE -> Boolean.FALSE;
			case FormatCode.BOOLEAN -> this.in.takeBoolean();
			default -> throw unexpected("boolean", code);
		};
	}

	/**
	 * Reads a {@code ubyte}.
	 */
	public @Nullable Integer readUnsignedByte() {
		int code = this.in.takeByte();
		return switch (code) {
			case FormatCode.NULL -> null;
			case FormatCode.UBYTE -> this.in.takeByte();
			default -> throw unexpected("ubyte", code);
		};
	}

	/**
	 * Reads a {@code uint}.
	 */
	public @Nullable Long readUnsignedInteger() {
		int code = this.in.takeByte();
		return switch (code) {
			case FormatCode.NULL -> null;
			case FormatCode.UINT0 -> 0L;
			case FormatCode.SMALL_UINT -> (long) this.in.takeByte();
			case FormatCode.UINT -> Integer.toUnsignedLong(this.in.takeInt());
			default -> throw unexpected("uint", code);
		};
	}

	public @Nullable Instant readTimestamp() {
		int code = this.in.takeByte();
		return switch (code) {
			case FormatCode.NULL -> null;
			case FormatCode.TIMESTAMP -> Instant.ofEpochMilli(this.in.takeLong());
			default -> throw unexpected("timestamp", code);
		};
	}

	public byte @Nullable [] readBinary() {
		int code = this.in.takeByte();
		return switch (code) {
			case FormatCode.NULL -> null;
			case FormatCode.BINARY8, FormatCode.BINARY32 -> this.in.takeBytes(this.in.takeSize(code));
			default -> throw unexpected("binary", code);
		};
	}

	public @Nullable String readString() {
		int code = this.in.takeByte();
		return switch (code) {
			case FormatCode.NULL -> null;
			case FormatCode.STRING8, FormatCode.STRING32 -> this.in.takeString(this.in.takeSize(code));
			case FormatCode.SYMBOL8, FormatCode.SYMBOL32 -> this.in.takeSymbol(this.in.takeSize(code)).toString();
			default -> throw unexpected("string", code);
		};
	}

	public @Nullable Symbol readSymbol() {
		int code = this.in.takeByte();
		return switch (code) {
			case FormatCode.NULL -> null;
			case FormatCode.STRING8, FormatCode.STRING32, FormatCode.SYMBOL8, FormatCode.SYMBOL32 ->
				this.in.takeSymbol(this.in.takeSize(code));
			default -> throw unexpected("symbol", code);
		};
	}

	/**
	 * Passes over a value and returns whether it was a symbol or string with this text,
	 * without making an object of it.
	 */
	public boolean skipText(Symbol expected) {
		int start = this.in.position();
		int code = this.in.takeByte();
		boolean text = switch (code) {
			case FormatCode.STRING8, FormatCode.STRING32, FormatCode.SYMBOL8, FormatCode.SYMBOL32 -> true;
			default -> false;
		};
		if (!text) {
			this.in.rewind(start);
			skipValue();
			return false;
		}
		return this.in.skipText(expected.toString(), this.in.takeSize(code));
	}

	private static int describedParts(int code) {
		if (code != FormatCode.DESCRIBED) {
			throw FormatCode.unknown(code);
		}
		return 2;
	}

	private AmqpDecodeException unexpected(String expected, int code) {
		return new AmqpDecodeException(expected + " expected but found " + FormatCode.describe(code) + this.in.at());
	}

}
