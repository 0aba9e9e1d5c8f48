package dev.servicebus.emulator.store;

import org.jspecify.annotations.Nullable;

/**
 * Where a message was before it came to its present entity: as the original of a copy, or
 * before another entity forwarded it. Immutable.
 *
 * @param hops how often it was forwarded
 * @param sequenceNumber its number in the first entity
 * @param deadLetterSource the path of the entity that dead-lettered it, {@code null} if
 * it was not a dead letter
 */
public record Origin(int hops, long sequenceNumber, @Nullable String deadLetterSource) {

}
