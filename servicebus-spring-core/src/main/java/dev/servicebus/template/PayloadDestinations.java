package dev.servicebus.template;

import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Where payloads go when a call names no destination. Thread-safe.
 */
@FunctionalInterface
public interface PayloadDestinations {

	/**
	 * The queue or topic for payloads of a type.
	 * @return {@code null} if this does not know
	 * @throws IllegalStateException if there are several
	 */
	@Nullable String destination(Class<?> payloadType);

	/**
	 * Asks this first, and then another.
	 */
	default PayloadDestinations orElse(PayloadDestinations other) {
		return (type) -> {
			String destination = destination(type);
			return (destination != null) ? destination : other.destination(type);
		};
	}

	/**
	 * What {@link MessageDestination} says, on a type or a type above it.
	 */
	static PayloadDestinations annotated() {
		return TypeDestinations.ANNOTATED;
	}

	/**
	 * Like {@link #annotated()}.
	 * @param resolver resolves placeholders
	 */
	static PayloadDestinations annotated(UnaryOperator<String> resolver) {
		return TypeDestinations.annotated(resolver);
	}

	/**
	 * The destination of a type or of a type above it; the nearest counts.
	 */
	static PayloadDestinations of(Map<Class<?>, String> destinations) {
		return new TypeDestinations(Map.copyOf(destinations)::get);
	}

}
