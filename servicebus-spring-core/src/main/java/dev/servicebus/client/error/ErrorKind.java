package dev.servicebus.client.error;

import java.util.function.BiFunction;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusException;
import org.jspecify.annotations.Nullable;

/**
 * What an error condition means to the client.
 *
 * @param factory makes its exception; {@code null} if it has no class of its own
 * @param recovery what it calls for
 */
record ErrorKind(@Nullable Factory factory, Recovery recovery) {

	/**
	 * Makes an exception.
	 */
	interface Factory extends BiFunction<ErrorContext, @Nullable Throwable, ServiceBusException> {

	}

}
