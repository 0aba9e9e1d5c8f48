package dev.servicebus.amqp.type;

/**
 * An AMQP {@code char} that does not fit Java's {@code char}. Characters of the Basic
 * Multilingual Plane are read as {@link Character}. Immutable.
 *
 * @param value the Unicode code point
 */
public record CodePoint(int value) {

	public CodePoint {
		if (!Character.isValidCodePoint(value)) {
			throw new IllegalArgumentException(
					"char must be a Unicode code point but is 0x" + Integer.toHexString(value));
		}
	}

	/**
	 * Returns the character as text.
	 */
	@Override
	public String toString() {
		return Character.toString(this.value);
	}

}
