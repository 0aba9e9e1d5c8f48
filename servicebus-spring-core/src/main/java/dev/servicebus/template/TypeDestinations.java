package dev.servicebus.template;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Destinations of types that hold for all types below them. Remembers what it has found
 * for as long as the type lives. Thread-safe.
 */
final class TypeDestinations implements PayloadDestinations {

	static final PayloadDestinations ANNOTATED = annotated(UnaryOperator.identity());

	private final Function<Class<?>, @Nullable String> ownDestinations;

	private final ClassValue<Found> found = new ClassValue<>() {
		@Override
		protected Found computeValue(Class<?> type) {
			return find(type);
		}
	};

	/**
	 * Makes destinations.
	 * @param ownDestinations what is said of exactly one type
	 */
	TypeDestinations(Function<Class<?>, @Nullable String> ownDestinations) {
		this.ownDestinations = ownDestinations;
	}

	static TypeDestinations annotated(UnaryOperator<String> resolver) {
		return new TypeDestinations((type) -> {
			MessageDestination annotation = type.getAnnotation(MessageDestination.class);
			return (annotation != null) ? resolver.apply(annotation.value()) : null;
		});
	}

	@Override
	public @Nullable String destination(Class<?> payloadType) {
		return this.found.get(payloadType).destination();
	}

	private Found find(Class<?> payloadType) {
		for (Class<?> type = payloadType; type != null; type = type.getSuperclass()) {
			String destination = this.ownDestinations.apply(type);
			if (destination != null) {
				return new Found(destination);
			}
		}
		Set<String> destinations = new TreeSet<>();
		for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(payloadType)) {
			String destination = this.ownDestinations.apply(type);
			if (destination != null) {
				destinations.add(destination);
			}
		}
		if (destinations.size() > 1) {
			throw new IllegalStateException("The interfaces of " + payloadType.getName()
					+ " have several destinations: " + destinations + "; name one in the call, or for the class");
		}
		return new Found(destinations.isEmpty() ? null : destinations.iterator().next());
	}

	private record Found(@Nullable String destination) {

	}

}
