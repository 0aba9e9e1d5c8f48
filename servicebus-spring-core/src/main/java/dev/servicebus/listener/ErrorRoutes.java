package dev.servicebus.listener;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An error handler that looks at the type of the error: <pre>{@code
 * ErrorHandler.byType()
 *     .on(DeclinedException.class, Outcome.deadLetter("declined", "by the bank"))
 *     .on(TimeoutException.class, (failure) -> Outcome.retryAfter(Duration.ofMinutes(5)))
 * }</pre>
 *
 * <p>
 * The error itself counts, and what has caused it: the one nearest to the error that a
 * route takes decides, and of several routes for one error the most special. What no
 * route takes is decided by {@link #otherwise}, which is what the container proposes
 * unless somebody else is named.
 *
 * <p>
 * Immutable and thread-safe, if its handlers are.
 */
public final class ErrorRoutes implements ErrorHandler {

	/** No routes. */
	static final ErrorRoutes NONE = new ErrorRoutes(Map.of(), PROPOSED);

	private final Map<Class<? extends Throwable>, ErrorHandler> routes;

	private final ErrorHandler otherwise;

	private ErrorRoutes(Map<Class<? extends Throwable>, ErrorHandler> routes, ErrorHandler otherwise) {
		this.routes = routes;
		this.otherwise = otherwise;
	}

	/**
	 * Adds a route.
	 * @param type takes errors of this type
	 * @param outcome what becomes of their messages
	 * @throws IllegalArgumentException if there is a route for this type
	 */
	public ErrorRoutes on(Class<? extends Throwable> type, Outcome outcome) {
		Objects.requireNonNull(outcome, "outcome");
		return on(type, (failure) -> outcome);
	}

	/**
	 * Adds a route.
	 * @param type takes errors of this type
	 * @param handler decides about their messages
	 * @throws IllegalArgumentException if there is a route for this type
	 */
	public ErrorRoutes on(Class<? extends Throwable> type, ErrorHandler handler) {
		Map<Class<? extends Throwable>, ErrorHandler> more = new LinkedHashMap<>(this.routes);
		if (more.put(Objects.requireNonNull(type, "type"), Objects.requireNonNull(handler, "handler")) != null) {
			throw new IllegalArgumentException("there is a route for " + type.getName() + " already");
		}
		return new ErrorRoutes(more, this.otherwise);
	}

	/**
	 * Names who decides about errors that no route takes.
	 */
	public ErrorRoutes otherwise(ErrorHandler handler) {
		return new ErrorRoutes(this.routes, Objects.requireNonNull(handler, "handler"));
	}

	@Override
	public Outcome handle(ListenerFailure failure) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Throwable error = failure.error();
		while (error != null && seen.add(error)) {
			ErrorHandler route = route(error);
			if (route != null) {
				return route.handle(failure);
			}
			error = error.getCause();
		}
		return this.otherwise.handle(failure);
	}

	private @Nullable ErrorHandler route(Throwable error) {
		for (Class<?> type = error.getClass(); type != null; type = type.getSuperclass()) {
			ErrorHandler route = this.routes.get(type);
			if (route != null) {
				return route;
			}
		}
		return null;
	}

}
