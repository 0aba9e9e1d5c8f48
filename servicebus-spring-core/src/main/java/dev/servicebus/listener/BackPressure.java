package dev.servicebus.listener;

import java.util.function.IntConsumer;

/**
 * Limits how many messages listeners ask for, beside their {@link Concurrency}: to what
 * something behind them can take, or to a budget that several of them share. As a bean it
 * is told of all listeners of the application. Thread-safe.
 */
@FunctionalInterface
public interface BackPressure {

	/** Limits nothing. */
	BackPressure NONE = (listenerId, limit) -> {
	};

	/**
	 * A container starts. What this throws, its start throws.
	 * @param limit takes how many messages, or sessions, the container may ask for at
	 * once until it is told another number; 0 asks for none. Messages that are here
	 * already, or were asked for before, are handled all the same, and up to
	 * {@link ListenerOptions#prefetch()} come beyond a limit that is not 0. May be called
	 * here and at any time later, by any thread, and does not block. Without a call there
	 * is no limit
	 */
	void begin(String listenerId, IntConsumer limit);

	/**
	 * A container has stopped. What this throws is logged.
	 * @param limit what {@link #begin} was given for it; has no effect any more
	 */
	default void end(String listenerId, IntConsumer limit) {
	}

}
