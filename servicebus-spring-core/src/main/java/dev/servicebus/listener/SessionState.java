package dev.servicebus.listener;

import org.jspecify.annotations.Nullable;

/**
 * What is stored with the session of a message, as an argument of a listener method. It
 * is converted by the converter of the listener: text and bytes as they are, everything
 * else to and from JSON. Of use while the listener handles the message; not thread-safe.
 *
 * <p>
 * The state is read from the broker once a stay of the session, when it is asked for the
 * first time. What is set is written before the message is settled, and then the message
 * is settled; when it cannot be written, the message counts as failed, or a settlement by
 * hand fails and may be tried again. When the listener fails, or abandons the message,
 * nothing is written, and the next attempt sees the state as it was. When several
 * messages of a session are handled at once, the last one to settle wins. What is written
 * through {@code ServiceBusSession} in between is not seen.
 *
 * @param <T> the type of the state
 */
public interface SessionState<T> {

	/**
	 * The state, or what was last set.
	 * @return {@code null} if nothing is stored
	 * @throws org.springframework.messaging.converter.MessageConversionException if it is
	 * not a {@code T}
	 */
	@Nullable T get();

	/**
	 * Stores a state when the message is settled. What counts is the value at the time of
	 * this call.
	 * @param state the state, {@code null} to store nothing any more
	 */
	void set(@Nullable T state);

	/**
	 * Stores nothing any more when the message is settled.
	 */
	default void clear() {
		set(null);
	}

}
