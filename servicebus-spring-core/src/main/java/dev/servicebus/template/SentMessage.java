package dev.servicebus.template;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A message that the broker has. It says no more about it than that, so this is what it
 * can be found by. Immutable.
 *
 * @param destination the queue or topic
 * @param messageId the id of the message, {@code null} if it has none, or if the client
 * has made it
 */
public record SentMessage(String destination, @Nullable String messageId) {

	public SentMessage {
		Objects.requireNonNull(destination, "destination");
	}

}
