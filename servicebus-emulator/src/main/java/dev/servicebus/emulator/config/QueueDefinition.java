package dev.servicebus.emulator.config;

import dev.servicebus.emulator.entity.EntityOptions;

/**
 * A queue to create. Immutable.
 *
 * @param name its path
 * @param options how it behaves
 */
public record QueueDefinition(String name, EntityOptions options) {
}
