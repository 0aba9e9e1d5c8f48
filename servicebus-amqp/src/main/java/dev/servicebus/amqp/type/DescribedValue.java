package dev.servicebus.amqp.type;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A value with a descriptor that gives it a meaning of its own (AMQP 1.0 section 1.2).
 * Immutable as long as what it holds is.
 *
 * @param descriptor names the meaning; by the specification an {@link UnsignedLong} or a
 * {@link Symbol}
 * @param value the value that is described
 */
public record DescribedValue(Object descriptor, @Nullable Object value) {

	public DescribedValue {
		Objects.requireNonNull(descriptor, "descriptor");
	}

}
