package dev.servicebus.emulator.entity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When something last happened to an entity, in the time of the broker. Immutable.
 *
 * @param createdAt when it came into being
 * @param updatedAt when its options were set
 * @param accessedAt when somebody used it, {@code null} if nobody ever has
 */
public record EntityTimes(Instant createdAt, Instant updatedAt, @Nullable Instant accessedAt) {

}
