package dev.servicebus.client;

import dev.servicebus.client.retry.RetryableFailure;
import org.jspecify.annotations.Nullable;

/**
 * An operation on Service Bus has failed. Subclasses tell the failures apart that a
 * program may want to treat differently; this class itself stands for all the others.
 *
 * <p>
 * The message names the operation, the entity and the error condition, and holds no
 * secret.
 */
public class ServiceBusException extends RuntimeException implements RetryableFailure {

	private final ErrorContext context;

	public ServiceBusException(ErrorContext context) {
		this(context, null);
	}

	public ServiceBusException(ErrorContext context, @Nullable Throwable cause) {
		super(context.message(), cause);
		this.context = context;
	}

	/**
	 * Returns whether the same operation may succeed when it is simply repeated later.
	 * Failures of an unknown kind count as transient.
	 */
	@Override
	public boolean isTransient() {
		return !PermanentErrors.contains(this.context);
	}

	/**
	 * The AMQP error condition, for example {@code com.microsoft:server-busy};
	 * {@code null} if the broker did not name one.
	 */
	public @Nullable String condition() {
		return this.context.condition();
	}

	/**
	 * The entity on which the operation failed, {@code null} if it concerned none.
	 */
	public @Nullable String entityPath() {
		return this.context.entityPath();
	}

	/**
	 * What was tried, in one or two words.
	 */
	public String operation() {
		return this.context.operation();
	}

	/**
	 * All that is known about the failure.
	 */
	public ErrorContext context() {
		return this.context;
	}

}
