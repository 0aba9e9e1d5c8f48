package dev.servicebus.amqp.codec;

/**
 * The constructors of AMQP's primitive types (AMQP 1.0 section 1.6). The upper four bits
 * give the width of what follows.
 */
final class FormatCode {

	static final int DESCRIBED = 0x00;

	static final int NULL = 0x40;

	static final int TRUE = 0x41;

	static final int FALSE = 0x42;

	static final int UINT0 = 0x43;

	static final int ULONG0 = 0x44;

	static final int LIST0 = 0x45;

	static final int UBYTE = 0x50;

	static final int BYTE = 0x51;

	static final int SMALL_UINT = 0x52;

	static final int SMALL_ULONG = 0x53;

	static final int SMALL_INT = 0x54;

	static final int SMALL_LONG = 0x55;

	static final int BOOLEAN = 0x56;

	static final int USHORT = 0x60;

	static final int SHORT = 0x61;

	static final int UINT = 0x70;

	static final int INT = 0x71;

	static final int FLOAT = 0x72;

	static final int CHAR = 0x73;

	static final int DECIMAL32 = 0x74;

	static final int ULONG = 0x80;

	static final int LONG = 0x81;

	static final int DOUBLE = 0x82;

	static final int TIMESTAMP = 0x83;

	static final int DECIMAL64 = 0x84;

	static final int DECIMAL128 = 0x94;

	static final int UUID = 0x98;

	static final int BINARY8 = 0xA0;

	static final int STRING8 = 0xA1;

	static final int SYMBOL8 = 0xA3;

	static final int BINARY32 = 0xB0;

	static final int STRING32 = 0xB1;

	static final int SYMBOL32 = 0xB3;

	static final int LIST8 = 0xC0;

	static final int MAP8 = 0xC1;

	static final int LIST32 = 0xD0;

	static final int MAP32 = 0xD1;

	static final int ARRAY8 = 0xE0;

	static final int ARRAY32 = 0xF0;

	/**
	 * What turns the constructor of a type with one byte of size into the one with four.
	 */
	static final int WIDE = 0x10;

	private FormatCode() {
	}

	/**
	 * Writes a constructor for an error message.
	 */
	static String describe(int code) {
		return "constructor 0x" + Integer.toHexString(0x100 | code).substring(1);
	}

	static AmqpDecodeException unknown(int code) {
		return new AmqpDecodeException("unknown " + describe(code));
	}

}
