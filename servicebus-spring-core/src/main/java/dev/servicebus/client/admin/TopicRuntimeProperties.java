package dev.servicebus.client.admin;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * What a topic holds at the moment. The service counts with some delay. Immutable.
 *
 * @param name the name of the topic
 * @param subscriptionCount how many subscriptions it has
 * @param counts the numbers of its own messages; only scheduled ones wait in a topic
 * @param sizeInBytes what they take, those of its subscriptions included
 * @param createdAt when the topic was made
 * @param updatedAt when its properties were changed last
 * @param accessedAt when it was used last, {@code null} if never
 */
public record TopicRuntimeProperties(String name, int subscriptionCount, MessageCounts counts, long sizeInBytes,
		OffsetDateTime createdAt, OffsetDateTime updatedAt, @Nullable OffsetDateTime accessedAt) {

}
