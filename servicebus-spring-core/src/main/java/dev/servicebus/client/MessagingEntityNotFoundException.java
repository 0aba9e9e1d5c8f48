package dev.servicebus.client;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The queue, topic, subscription or rule does not exist.
 *
 * <p>
 * Transient only where the broker reports {@code amqp:not-found} on a link without saying
 * that the entity is missing: the service does so for a moment while it moves an entity.
 */
public class MessagingEntityNotFoundException extends ServiceBusException {

	private static final Pattern MISSING = Pattern.compile("messaging entity .* could not be found",
			Pattern.CASE_INSENSITIVE);

	public MessagingEntityNotFoundException(ErrorContext context) {
		super(context);
	}

	public MessagingEntityNotFoundException(ErrorContext context, @Nullable Throwable cause) {
		super(context, cause);
	}

	@Override
	public boolean isTransient() {
		String description = context().description();
		return "amqp:not-found".equals(condition()) && context().status() == null
				&& (description == null || !MISSING.matcher(description).find());
	}

}
