package dev.servicebus.amqp.type;

import org.jspecify.annotations.Nullable;

/**
 * An AMQP {@code ubyte}: an integer from 0 to 255. Immutable.
 */
public final class UnsignedByte extends Number implements Comparable<UnsignedByte> {

	/** The largest value. */
	public static final int MAX_VALUE = 0xFF;

	private static final long serialVersionUID = 1L;

	private final int value;

	private UnsignedByte(int value) {
		this.value = value;
	}

	/**
	 * Returns the value.
	 * @throws IllegalArgumentException unless {@code value} is from 0 to
	 * {@value #MAX_VALUE}
	 */
	public static UnsignedByte of(int value) {
		if (value < 0 || value > MAX_VALUE) {
			throw new IllegalArgumentException("ubyte must be from 0 to " + MAX_VALUE + " but is " + value);
		}
		return new UnsignedByte(value);
	}

	@Override
	public int intValue() {
		return this.value;
	}

	@Override
	public long longValue() {
		return this.value;
	}

	@Override
	public float floatValue() {
		return this.value;
	}

	@Override
	public double doubleValue() {
		return this.value;
	}

	@Override
	public int compareTo(UnsignedByte other) {
		return Integer.compare(this.value, other.value);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof UnsignedByte that && this.value == that.value;
	}

	@Override
	public int hashCode() {
		return this.value;
	}

	@Override
	public String toString() {
		return Integer.toString(this.value);
	}

}
