package dev.servicebus.amqp.type;

import org.jspecify.annotations.Nullable;

/**
 * An AMQP {@code uint}: an integer from 0 to 2<sup>32</sup> - 1. Immutable.
 */
public final class UnsignedInteger extends Number implements Comparable<UnsignedInteger> {

	/** The value 0. */
	public static final UnsignedInteger ZERO = new UnsignedInteger(0);

	/** The largest value. */
	public static final UnsignedInteger MAX_VALUE = new UnsignedInteger(-1);

	private static final long serialVersionUID = 1L;

	private static final long MAX = 0xFFFF_FFFFL;

	private final int bits;

	private UnsignedInteger(int bits) {
		this.bits = bits;
	}

	/**
	 * Returns the value.
	 * @throws IllegalArgumentException unless {@code value} is from 0 to 2<sup>32</sup> -
	 * 1
	 */
	public static UnsignedInteger of(long value) {
		if (value < 0 || value > MAX) {
			throw new IllegalArgumentException("uint must be from 0 to " + MAX + " but is " + value);
		}
		return ofBits((int) value);
	}

	/**
	 * Returns the value whose 32 bits are those of {@code bits}, so that -1 stands for
	 * the largest value.
	 */
	public static UnsignedInteger ofBits(int bits) {
		return (bits != 0) ? new UnsignedInteger(bits) : ZERO;
	}

	/**
	 * Returns the 32 bits, negative for values from 2<sup>31</sup>.
	 */
	@Override
	public int intValue() {
		return this.bits;
	}

	@Override
	public long longValue() {
		return Integer.toUnsignedLong(this.bits);
	}

	@Override
	public float floatValue() {
		return longValue();
	}

	@Override
	public double doubleValue() {
		return longValue();
	}

	@Override
	public int compareTo(UnsignedInteger other) {
		return Integer.compareUnsigned(this.bits, other.bits);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof UnsignedInteger that && this.bits == that.bits;
	}

	@Override
	public int hashCode() {
		return this.bits;
	}

	@Override
	public String toString() {
		return Integer.toUnsignedString(this.bits);
	}

}
