package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;

import dev.servicebus.client.retry.RetryMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties {@code servicebus.template.*}.
 *
 * @param defaultDestination Queue or topic to which messages go when a call names none.
 * @param destinations Queues or topics to which payloads go when a call names none, by
 * the names of their types.
 * @param timeout Time within which an operation of the template ends, all its attempts
 * included; by default the one of the client.
 * @param retry How sends that fail are tried again
 * @param messageIds What the ids of messages without one follow from.
 * @param reply Replies to requests
 */
public record TemplateProperties(@Nullable String defaultDestination, @DefaultValue Map<String, String> destinations,
		@Nullable Duration timeout, @DefaultValue Retry retry, @Nullable MessageIdSource messageIds,
		@DefaultValue Reply reply) {

	public TemplateProperties {
		destinations = Map.copyOf(destinations);
	}

	/**
	 * What ids of messages follow from.
	 */
	public enum MessageIdSource {

		/** Nothing: each message gets a new one. */
		UNIQUE,

		/** What the message says: the same message gets the same one. */
		CONTENT

	}

	/**
	 * Properties {@code servicebus.template.retry.*}.
	 *
	 * @param maxAttempts Number of attempts of a send, including the first. Default as
	 * for the client.
	 * @param mode How the delay between attempts develops. Default as for the client.
	 * @param delay Delay before the second attempt. Default as for the client.
	 * @param maxDelay Longest delay between attempts. Default as for the client.
	 * @param multiplier Factor by which the delay grows in mode "exponential". Default as
	 * for the client.
	 * @param jitter Part of a delay that is left to chance, from 0 to 1. Default as for
	 * the client.
	 */
	public record Retry(@Nullable Integer maxAttempts, @Nullable RetryMode mode, @Nullable Duration delay,
			@Nullable Duration maxDelay, @Nullable Double multiplier,
			@Nullable Double jitter) implements RetryProperties {

	}

	/**
	 * Properties {@code servicebus.template.reply.*}.
	 *
	 * @param queue Queue to which replies to requests come.
	 * @param sessionId Session of that queue which belongs to this application instance
	 * alone; without one, the queue must.
	 * @param timeout Time that a request waits for its reply.
	 */
	public record Reply(@Nullable String queue, @Nullable String sessionId, @Nullable Duration timeout) {

	}

}
