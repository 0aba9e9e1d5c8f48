package dev.servicebus.client.admin;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * What a subscription holds at the moment. The service counts with some delay. Immutable.
 *
 * @param name the name of the subscription
 * @param counts the numbers of its messages
 * @param createdAt when the subscription was made
 * @param updatedAt when its properties were changed last
 * @param accessedAt when it was used last, {@code null} if never
 */
public record SubscriptionRuntimeProperties(String name, MessageCounts counts, OffsetDateTime createdAt,
		OffsetDateTime updatedAt, @Nullable OffsetDateTime accessedAt) {

}
