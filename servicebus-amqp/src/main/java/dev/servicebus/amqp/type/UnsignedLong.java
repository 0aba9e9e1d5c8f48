package dev.servicebus.amqp.type;

import java.math.BigInteger;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An AMQP {@code ulong}: an integer from 0 to 2<sup>64</sup> - 1. Immutable.
 */
public final class UnsignedLong extends Number implements Comparable<UnsignedLong> {

	/** The largest value. */
	public static final UnsignedLong MAX_VALUE = new UnsignedLong(-1);

	private static final long serialVersionUID = 1L;

	/**
	 * Descriptors of sections and performatives are small and come with every message.
	 */
	private static final UnsignedLong[] SMALL = new UnsignedLong[256];

	static {
		for (int i = 0; i < SMALL.length; i++) {
			SMALL[i] = new UnsignedLong(i);
		}
	}

	private final long bits;

	private UnsignedLong(long bits) {
		this.bits = bits;
	}

	/**
	 * Returns a value below 2<sup>63</sup>.
	 * @throws IllegalArgumentException if {@code value} is negative
	 */
	public static UnsignedLong of(long value) {
		if (value < 0) {
			throw new IllegalArgumentException("ulong must not be negative but is " + value);
		}
		return ofBits(value);
	}

	/**
	 * Returns the value.
	 * @throws IllegalArgumentException unless {@code value} is from 0 to 2<sup>64</sup> -
	 * 1
	 */
	public static UnsignedLong of(BigInteger value) {
		Objects.requireNonNull(value, "value");
		if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
			throw new IllegalArgumentException("ulong must be from 0 to " + MAX_VALUE + " but is " + value);
		}
		return ofBits(value.longValue());
	}

	/**
	 * Returns the value whose 64 bits are those of {@code bits}, so that -1 stands for
	 * the largest value.
	 */
	public static UnsignedLong ofBits(long bits) {
		return (bits >= 0 && bits < SMALL.length) ? SMALL[(int) bits] : new UnsignedLong(bits);
	}

	/**
	 * Returns the value as an exact integer.
	 */
	public BigInteger toBigInteger() {
		return (this.bits >= 0) ? BigInteger.valueOf(this.bits) : new BigInteger(toString());
	}

	/**
	 * Returns the low 32 bits.
	 */
	@Override
	public int intValue() {
		return (int) this.bits;
	}

	/**
	 * Returns the 64 bits, negative for values from 2<sup>63</sup>.
	 */
	@Override
	public long longValue() {
		return this.bits;
	}

	@Override
	public float floatValue() {
		return toBigInteger().floatValue();
	}

	@Override
	public double doubleValue() {
		return toBigInteger().doubleValue();
	}

	@Override
	public int compareTo(UnsignedLong other) {
		return Long.compareUnsigned(this.bits, other.bits);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof UnsignedLong that && this.bits == that.bits;
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.bits);
	}

	@Override
	public String toString() {
		return Long.toUnsignedString(this.bits);
	}

}
