package dev.servicebus.emulator.rule;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A message as filters see it. Values are plain Java: String, Boolean, any
 * {@link Number}, {@link java.time.Instant}, {@link java.time.Duration}, {@link UUID} and
 * {@code byte[]} have a meaning in expressions; whatever else is there only equals its
 * like.
 */
public interface FilterSubject {

	/**
	 * Returns a system property, {@code null} if the message does not have it.
	 */
	@Nullable Object systemProperty(SystemProperty property);

	/**
	 * Returns a user property, {@code null} if the message does not have it or has it
	 * without a value. Case does not count, see {@link PropertyBag}.
	 */
	@Nullable Object userProperty(String name);

	/**
	 * Returns whether the message has a user property, be it without a value. Case does
	 * not count.
	 */
	boolean hasUserProperty(String name);

	/**
	 * Returns the next value of {@code newid()}; random unless overridden.
	 */
	default UUID newId() {
		return UUID.randomUUID();
	}

}
