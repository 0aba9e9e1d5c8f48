package dev.servicebus.amqp.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strict UTF-8 at the price of the lenient one.
 */
final class Utf8 {

	private static final char REPLACEMENT = '\uFFFD';

	private Utf8() {
	}

	/**
	 * Only text with a replacement character can have been malformed, and only that is
	 * decoded again, strictly.
	 */
	static String decode(byte[] bytes, int offset, int length) {
		String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
		if (text.indexOf(REPLACEMENT) >= 0) {
			validate(bytes, offset, length);
		}
		return text;
	}

	private static void validate(byte[] bytes, int offset, int length) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
		}
		catch (CharacterCodingException ex) {
			throw new AmqpDecodeException("string is not UTF-8 at index " + offset);
		}
	}

}
