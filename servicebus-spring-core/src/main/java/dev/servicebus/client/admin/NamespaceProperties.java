package dev.servicebus.client.admin;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * A namespace. Immutable.
 *
 * @param name the name of the namespace, without its domain
 * @param alias the alias by which it is reached, {@code null} without geo-recovery
 * @param sku the tier: {@code Basic}, {@code Standard} or {@code Premium}
 * @param messagingUnits how much of a premium namespace is paid for, 0 in other tiers
 * @param createdAt when the namespace was made
 * @param modifiedAt when it was changed last
 */
public record NamespaceProperties(String name, @Nullable String alias, String sku, int messagingUnits,
		OffsetDateTime createdAt, OffsetDateTime modifiedAt) {

}
