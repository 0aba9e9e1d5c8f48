package dev.servicebus.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The broker is throttling. Retries wait longer than after other failures.
 */
public class ServiceBusServerBusyException extends ServiceBusException {

	/** Coming back earlier only prolongs the throttling. */
	private static final Duration PAUSE = Duration.ofSeconds(10);

	public ServiceBusServerBusyException(ErrorContext context) {
		super(context);
	}

	public ServiceBusServerBusyException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		return true;
	}

	@Override
	public Duration pause() {
		return PAUSE;
	}

}
