package dev.servicebus.amqp.codec;

import java.nio.charset.StandardCharsets;

import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Finds symbols by their bytes without making a string first. The same few symbols come
 * with every message, so each slot simply keeps the symbol that used it last; a race
 * between threads costs at most one more object.
 */
final class SymbolCache {

	private static final int SLOTS = 512;

	private static final int MAX_LENGTH = 64;

	private static final @Nullable Symbol[] CACHE = new Symbol[SLOTS];

	private SymbolCache() {
	}

	static Symbol get(byte[] bytes, int offset, int length) {
		if (length > MAX_LENGTH) {
			return create(bytes, offset, length);
		}
		int slot = slot(bytes, offset, length);
		Symbol symbol = CACHE[slot];
		if (symbol == null || !matches(symbol.toString(), bytes, offset, length)) {
			symbol = create(bytes, offset, length);
			CACHE[slot] = symbol;
		}
		return symbol;
	}

	/**
	 * Returns whether these bytes are this ASCII text.
	 */
	static boolean matches(String text, byte[] bytes, int offset, int length) {
		if (text.length() != length) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (text.charAt(i) != bytes[offset + i]) {
				return false;
			}
		}
		return true;
	}

	private static int slot(byte[] bytes, int offset, int length) {
		int hash = length;
		for (int i = 0; i < length; i++) {
			hash = 31 * hash + bytes[offset + i];
		}
		return (hash ^ (hash >>> 9)) & (SLOTS - 1);
	}

	private static Symbol create(byte[] bytes, int offset, int length) {
		for (int i = 0; i < length; i++) {
			if (bytes[offset + i] < 0) {
				throw new AmqpDecodeException("symbol is not ASCII at index " + (offset + i));
			}
		}
		return Symbol.of(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
	}

}
