package dev.servicebus.client.admin;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * What a queue holds at the moment. The service counts with some delay. Immutable.
 *
 * @param name the name of the queue
 * @param counts the numbers of its messages
 * @param sizeInBytes what they take
 * @param createdAt when the queue was made
 * @param updatedAt when its properties were changed last
 * @param accessedAt when it was used last, {@code null} if never
 */
public record QueueRuntimeProperties(String name, MessageCounts counts, long sizeInBytes, OffsetDateTime createdAt,
		OffsetDateTime updatedAt, @Nullable OffsetDateTime accessedAt) {

}
