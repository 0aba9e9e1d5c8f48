package dev.servicebus.amqp.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Finds symbols by their bytes without making a string first. The same few symbols come
 * with every message, so each slot simply keeps the symbol that used it last; a race
 * between threads costs at most one more object.
 */
final class SymbolCache {

	private static final int SLOT_BITS = 9;

	private static final int SLOTS = 1 << SLOT_BITS;

	/**
	 * Spreads similar numbers over the upper bits (multiplicative hashing).
	 */
	private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

	private static final int MAX_LENGTH = 64;

	private static final @Nullable Entry[] CACHE = new Entry[SLOTS];

	private SymbolCache() {
	}

	static Symbol get(byte[] bytes, int offset, int length) {
		if (length > MAX_LENGTH) {
			return create(bytes, offset, length);
		}
		int slot = slot(bytes, offset, length);
		Entry entry = CACHE[slot];
		if (entry != null && Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, offset, offset + length)) {
			return entry.symbol;
		}
		Symbol symbol = create(bytes, offset, length);
		CACHE[slot] = new Entry(Arrays.copyOfRange(bytes, offset, offset + length), symbol);
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

	/**
	 * The last bytes tell symbols apart best: many begin with the same prefix.
	 */
	private static int slot(byte[] bytes, int offset, int length) {
		long hash = length;
		if (length >= Long.BYTES) {
			hash += BigEndian.getLong(bytes, offset + length - Long.BYTES);
		}
		else {
			for (int i = 0; i < length; i++) {
				hash = (hash << Byte.SIZE) + bytes[offset + i];
			}
		}
		return (int) ((hash * GOLDEN_RATIO) >>> (Long.SIZE - SLOT_BITS));
	}

	private static Symbol create(byte[] bytes, int offset, int length) {
		for (int i = 0; i < length; i++) {
			if (bytes[offset + i] < 0) {
				throw new AmqpDecodeException("symbol is not ASCII at index " + (offset + i));
			}
		}
		return Symbol.of(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
	}

	private record Entry(byte[] bytes, Symbol symbol) {

	}

}
