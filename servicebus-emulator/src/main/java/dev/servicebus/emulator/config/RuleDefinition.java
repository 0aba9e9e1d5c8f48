package dev.servicebus.emulator.config;

import org.jspecify.annotations.Nullable;

/**
 * A rule of a subscription. Immutable.
 *
 * @param name its name within the subscription
 * @param filter which messages it takes
 * @param action the SQL text that changes the messages it takes, {@code null} for none
 */
public record RuleDefinition(String name, FilterDefinition filter, @Nullable String action) {
}
