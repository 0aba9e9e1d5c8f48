package dev.servicebus.template;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.observation.ServiceBusObservations;

/**
 * How a template works. Immutable.
 *
 * @param defaultDestination the queue or topic for messages without a destination,
 * {@code null} for none
 * @param timeout how long to wait for the broker in each operation, retries included,
 * {@code null} for the operation timeout of the client
 * @param retry how sends that fail are tried again, and for how long if there is no
 * {@code timeout}; {@code null} for the options of the client
 * @param messageIds makes the ids of messages that are sent without one
 * @param destinations where messages without a destination go by the types of their
 * payloads, before the default
 * @param interceptors see each message before and after it is sent, in this order
 * @param replies where replies to requests come, {@code null} if requests are not used
 * @param observations observes what is sent, received and settled
 */
public record TemplateOptions(@Nullable String defaultDestination, @Nullable Duration timeout,
		@Nullable RetryOptions retry, MessageIdGenerator messageIds, PayloadDestinations destinations,
		List<SendInterceptor> interceptors, @Nullable ReplyOptions replies, ServiceBusObservations observations) {

	/**
	 * New ids for messages without one, destinations by annotations, and otherwise
	 * nothing but what the client says.
	 */
	public static final TemplateOptions DEFAULT = new TemplateOptions(null, null, null, MessageIdGenerator.unique(),
			PayloadDestinations.annotated(), List.of(), null, ServiceBusObservations.NOOP);

	public TemplateOptions {
		Objects.requireNonNull(messageIds, "messageIds");
		Objects.requireNonNull(destinations, "destinations");
		interceptors = List.copyOf(interceptors);
		Objects.requireNonNull(observations, "observations");
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new IllegalArgumentException("the timeout of a template must be positive but is " + timeout);
		}
	}

	/**
	 * Begins options that are like {@link #DEFAULT}.
	 */
	public static Builder builder() {
		return DEFAULT.mutate();
	}

	/**
	 * Begins options that are like these.
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	/**
	 * Builds options. Not thread-safe.
	 */
	public static final class Builder {

		private @Nullable String defaultDestination;

		private @Nullable Duration timeout;

		private @Nullable RetryOptions retry;

		private MessageIdGenerator messageIds;

		private PayloadDestinations destinations;

		private List<SendInterceptor> interceptors;

		private @Nullable ReplyOptions replies;

		private ServiceBusObservations observations;

		private Builder(TemplateOptions options) {
			this.defaultDestination = options.defaultDestination;
			this.timeout = options.timeout;
			this.retry = options.retry;
			this.messageIds = options.messageIds;
			this.destinations = options.destinations;
			this.interceptors = options.interceptors;
			this.replies = options.replies;
			this.observations = options.observations;
		}

		public Builder defaultDestination(@Nullable String newDefaultDestination) {
			this.defaultDestination = newDefaultDestination;
			return this;
		}

		public Builder timeout(@Nullable Duration newTimeout) {
			this.timeout = newTimeout;
			return this;
		}

		public Builder retry(@Nullable RetryOptions newRetry) {
			this.retry = newRetry;
			return this;
		}

		public Builder messageIds(MessageIdGenerator newMessageIds) {
			this.messageIds = newMessageIds;
			return this;
		}

		public Builder destinations(PayloadDestinations newDestinations) {
			this.destinations = newDestinations;
			return this;
		}

		public Builder interceptors(List<SendInterceptor> newInterceptors) {
			this.interceptors = newInterceptors;
			return this;
		}

		public Builder replies(@Nullable ReplyOptions newReplies) {
			this.replies = newReplies;
			return this;
		}

		public Builder observations(ServiceBusObservations newObservations) {
			this.observations = newObservations;
			return this;
		}

		/**
		 * Builds the options.
		 * @throws IllegalArgumentException if a value makes no sense
		 */
		public TemplateOptions build() {
			return new TemplateOptions(this.defaultDestination, this.timeout, this.retry, this.messageIds,
					this.destinations, this.interceptors, this.replies, this.observations);
		}

	}

}
