package dev.servicebus.listener.invoke;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.MessageListener;

/**
 * A method of a listener class and the payloads that it is for.
 *
 * @param method the method
 * @param payload the type of its payload, {@code null} if it asks for none
 * @param isDefault whether it gets the messages that no other method is for
 * @param listener calls it
 */
record PayloadMethod(Method method, @Nullable Class<?> payload, boolean isDefault, MessageListener listener) {

	boolean isOfText() {
		return this.payload == String.class || this.payload == CharSequence.class;
	}

	boolean isOfBytes() {
		return this.payload == byte[].class;
	}

	boolean isFor(Class<?> type) {
		return this.payload != null && this.payload.isAssignableFrom(type);
	}

	/**
	 * Returns whether its payload is more special than that of another method.
	 */
	boolean isNearerThan(PayloadMethod other) {
		Class<?> mine = this.payload;
		return mine != null && mine != other.payload && other.isFor(mine);
	}

	@Override
	public String toString() {
		return this.method.getName() + "(" + ((this.payload != null) ? this.payload.getSimpleName() : "") + ")";
	}

}
