package dev.servicebus.amqp.type;

import org.jspecify.annotations.Nullable;

/**
 * An AMQP {@code ushort}: an integer from 0 to 65 535. Immutable.
 */
public final class UnsignedShort extends Number implements Comparable<UnsignedShort> {

	/** The largest value. */
	public static final int MAX_VALUE = 0xFFFF;

	private static final long serialVersionUID = 1L;

	private final int value;

	private UnsignedShort(int value) {
		this.value = value;
	}

	/**
	 * Returns the value.
	 * @throws IllegalArgumentException unless {@code value} is from 0 to
	 * {@value #MAX_VALUE}
	 */
	public static UnsignedShort of(int value) {
		if (value < 0 || value > MAX_VALUE) {
			throw new IllegalArgumentException("ushort must be from 0 to " + MAX_VALUE + " but is " + value);
		}
		return new UnsignedShort(value);
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
	public int compareTo(UnsignedShort other) {
		return Integer.compare(this.value, other.value);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof UnsignedShort that && this.value == that.value;
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
