package dev.servicebus.emulator.rule;

import org.jspecify.annotations.Nullable;

/**
 * A copy of a message as actions change it. Reading shows what was written before.
 */
public interface RuleTarget extends FilterSubject {

	/**
	 * Sets a system property that is {@linkplain SystemProperty#isSettable() settable}.
	 * @param property which one
	 * @param value a value of the property's {@linkplain SystemProperty#type() type},
	 * {@code null} for its default
	 */
	void setSystemProperty(SystemProperty property, @Nullable Object value);

	/**
	 * Sets a user property or adds it. Case does not count.
	 */
	void setUserProperty(String name, @Nullable Object value);

	/**
	 * Removes a user property if it is there. Case does not count.
	 */
	void removeUserProperty(String name);

}
