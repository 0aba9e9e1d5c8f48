package dev.servicebus.template;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.servicebus.observation.ServiceBusObservations;

/**
 * How a template works. Immutable.
 *
 * @param defaultDestination the queue or topic for messages without a destination,
 * {@code null} for none
 * @param timeout how long to wait for the broker in each operation, retries included,
 * {@code null} for the operation timeout of the client
 * @param replies where replies to requests come, {@code null} if requests are not used
 * @param observations observes what is sent, received and settled
 */
public record TemplateOptions(@Nullable String defaultDestination, @Nullable Duration timeout,
		@Nullable ReplyOptions replies, ServiceBusObservations observations) {

	/** Nothing but what the client says. */
	public static final TemplateOptions DEFAULT = new TemplateOptions(null, null, null, ServiceBusObservations.NOOP);

	public TemplateOptions {
		Objects.requireNonNull(observations, "observations");
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new IllegalArgumentException("the timeout of a template must be positive but is " + timeout);
		}
	}

	public TemplateOptions withDefaultDestination(@Nullable String newDefaultDestination) {
		return new TemplateOptions(newDefaultDestination, this.timeout, this.replies, this.observations);
	}

	public TemplateOptions withTimeout(@Nullable Duration newTimeout) {
		return new TemplateOptions(this.defaultDestination, newTimeout, this.replies, this.observations);
	}

	public TemplateOptions withReplies(@Nullable ReplyOptions newReplies) {
		return new TemplateOptions(this.defaultDestination, this.timeout, newReplies, this.observations);
	}

	public TemplateOptions withObservations(ServiceBusObservations newObservations) {
		return new TemplateOptions(this.defaultDestination, this.timeout, this.replies, newObservations);
	}

}
