package dev.servicebus.observation;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * An observation that does no harm to what it observes: handlers and conventions are
 * somebody else's code, and what they throw is only logged. Thread-safe as far as its
 * original is.
 */
public final class QuietObservation {

	private static final Logger logger = LoggerFactory.getLogger(QuietObservation.class);

	private final Observation original;

	private final ObservationRegistry registry;

	private QuietObservation(Observation original, ObservationRegistry registry) {
		this.original = original;
		this.registry = registry;
	}

	/**
	 * Starts an observation, or one that does nothing if that fails.
	 */
	static QuietObservation start(ObservationRegistry registry, Supplier<Observation> observation) {
		Observation started = Observation.NOOP;
		try {
			started = observation.get().start();
		}
		catch (Throwable ex) {
			report(ex);
		}
		return new QuietObservation(started, registry);
	}

	/**
	 * The observation itself.
	 */
	public Observation original() {
		return this.original;
	}

	/**
	 * Makes it the current observation of the thread.
	 * @return ends that
	 */
	public Scope openScope() {
		Observation.Scope before = this.registry.getCurrentObservationScope();
		try {
			Observation.Scope scope = this.original.openScope();
			return () -> close(scope, before);
		}
		catch (Throwable ex) {
			report(ex);
			return () -> this.registry.setCurrentObservationScope(before);
		}
	}

	private void close(Observation.Scope scope, Observation.@Nullable Scope before) {
		try {
			scope.close();
		}
		catch (Throwable ex) {
			report(ex);
			this.registry.setCurrentObservationScope(before);
		}
	}

	/**
	 * Stops it.
	 * @param error what has failed, {@code null} for nothing
	 */
	public void stop(@Nullable Throwable error) {
		try {
			if (error != null) {
				this.original.error(error);
			}
		}
		catch (Throwable ex) {
			report(ex);
		}
		try {
			this.original.stop();
		}
		catch (Throwable ex) {
			report(ex);
		}
	}

	private static void report(Throwable failure) {
		logger.warn("An observation has failed; what it observes goes on", failure);
	}

	/**
	 * The time in which an observation is the current one of its thread.
	 */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
